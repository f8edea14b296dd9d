import type { ActorKind } from '@signalbox/contracts';
import type { z } from 'zod';
import { displayNameOf } from './display-name-of.js';

const user = { email: 'ana@acme.example', language: 'pt', role: 'admin' } as const;
const users = [
  { id: 'named', name: 'Ana', ...user },
  { id: 'nameless', ...user },
];

it.each<[z.infer<typeof ActorKind>, string, string | undefined]>([
  ['portal-user', 'named', 'Ana'],
  ['portal-user', 'nameless', undefined],
  ['api-key', 'named', 'Signalbox'],
  ['staff', 'nameless', 'Signalbox'],
  ['tool', 'seed', 'Signalbox'],
])('a mail that a %s (%s) asked for names %s', (kind, id, expected) => {
  const asker = { by: 'key of ops (k1)', actor: { kind, id }, from: null };
  expect(displayNameOf(asker, { users })).toBe(expected);
});
