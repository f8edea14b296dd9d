import type { ActorKind, MailAsker } from '@signalbox/contracts';
import type { z } from 'zod';
import { mailAskerOf } from './mail-asker-of.js';

const user = { email: 'ana@acme.example', language: 'pt', role: 'admin' } as const;
const users = [
  { id: 'named', name: 'Ana', ...user },
  { id: 'nameless', ...user },
];

it.each<[z.infer<typeof ActorKind>, string, MailAsker]>([
  ['portal-user', 'named', { name: 'Ana', address: user.email }],
  ['portal-user', 'nameless', { address: user.email }],
  ['api-key', 'named', { name: 'Signalbox' }],
  ['staff', 'nameless', { name: 'Signalbox' }],
  ['tool', 'seed', { name: 'Signalbox' }],
])('a mail that a %s (%s) asked for is asked for by %j', (kind, id, expected) => {
  const asker = { by: 'key of ops (k1)', actor: { kind, id }, from: null };
  expect(mailAskerOf(asker, { users })).toEqual(expected);
});
