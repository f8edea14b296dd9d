import type { Connection } from 'mongoose';
import {
  accountMailExpiry,
  type AccountMail,
  type AddressField,
  type NewAccountMail,
} from '@signalbox/contracts';
import {
  accountMailModel,
  connectMongo,
  createAccountMailIndexes,
  createAccountMailLimits,
  createAccountMailStore,
} from '@signalbox/persistence';
import { createEncryption, createKeyedHash, createLog, systemClock } from '@signalbox/runtime';
import { eventually, newId } from '@signalbox/testing';
import { AccountMails } from './account-mails.js';

const secret = 'ZmFrZS1idXQtbG9uZy1lbm91Z2g';
const encryption = createEncryption({ current: 'k'.repeat(32) });
let connection: Connection;
let lines: string[] = [];

beforeAll(async () => {
  connection = await connectMongo({
    url: process.env.MONGO_URL ?? '',
    database: `account_mails_${newId().slice(0, 8)}`,
  });
  await createAccountMailIndexes(connection);
});
beforeEach(() => (lines = []));
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** The registry's side with a queue that does as told; answers the jobs it was given. */
function registry(addAll: () => Promise<void> = () => Promise.resolve()) {
  const jobs: unknown[] = [];
  const mails = new AccountMails({
    store: createAccountMailStore(connection),
    limits: createAccountMailLimits(connection),
    jobs: {
      addAll: (batch) => {
        jobs.push(...batch);
        return addAll();
      },
    },
    encryption,
    hash: createKeyedHash('an id key that is long enough for this'),
    clock: systemClock,
    log: createLog('spec', { destination: { write: (line) => void lines.push(line) } }),
  });
  return { mails, jobs };
}

const anInvitation = (
  address = `ana-${newId().slice(0, 8)}@acme-tours.example`,
): Extract<NewAccountMail, { kind: 'invitation' }> => ({
  kind: 'invitation',
  account: { id: 'acme-tours', name: 'Acme Tours' },
  address,
  language: 'pt-BR',
  facts: { role: 'member' },
  asker: { name: 'Bia Rocha', address: 'bia@acme-tours.example' },
  secret,
  expiresAt: accountMailExpiry('invitation', new Date()),
});

const stored = (id: string) => accountMailModel(connection).findById(id).lean<AccountMail>();

it('a mail that was asked for is stored as due and has a job that points at it', async () => {
  const { mails, jobs } = registry();
  const { id } = await mails.send(anInvitation());
  expect(jobs).toEqual([{ lane: 'account', delivery: id, attempt: 1 }]);
  expect(await stored(id)).toMatchObject({ state: 'pending', attempt: 1, kind: 'invitation' });
});

it('its secret is in no store in clear, and opens for this mail alone', async () => {
  const { mails } = registry();
  const { id } = await mails.send(anInvitation());
  const mail = await stored(id);
  expect(JSON.stringify(mail)).not.toContain(secret);
  expect(encryption.open(mail?.sealedSecret ?? '', id)).toEqual({ ok: true, text: secret });
  expect(encryption.open(mail?.sealedSecret ?? '', newId()).ok).toBe(false);
});

it('a queue that is away keeps nobody from sending: one warning, without address or secret', async () => {
  const { mails } = registry(() => Promise.reject(new Error('Redis is away')));
  const mail = anInvitation();
  const { id } = await mails.send(mail);
  expect(await stored(id)).toMatchObject({ state: 'pending' });
  await eventually(() => lines.length === 1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'account-mail.job-not-added', mail: id });
  expect(lines.join()).not.toContain(secret);
  expect(lines.join()).not.toContain(mail.address);
});

it('a queue that does not answer is not waited for', async () => {
  const { mails } = registry(() => new Promise(() => undefined));
  expect(await mails.send(anInvitation())).toHaveProperty('id');
});

it.each<[string, object]>([
  ['a fact that its kind does not have', { facts: { role: 'member', note: 'urgent' } }],
  ['a secret that would need an escape in a link', { secret: 'short & <b>unsafe</b> secret' }],
  ['no secret, where its kind has one', { secret: undefined }],
  ['an address with a line break', { address: 'ana@acme.example\r\nBcc: eve@evil.example' }],
])('a mail with %s is refused and not stored', async (_, changes) => {
  const { mails, jobs } = registry();
  const before = await accountMailModel(connection).countDocuments();
  await expect(mails.send({ ...anInvitation(), ...changes })).rejects.toThrow();
  expect(await accountMailModel(connection).countDocuments()).toBe(before);
  expect(jobs).toEqual([]);
});

it('mails are found again and counted by an address, however it is written', async () => {
  const { mails } = registry();
  const name = `ana-${newId().slice(0, 8)}`;
  const first = await mails.send(anInvitation(`${name}@acme-tours.example`));
  const second = await mails.send(anInvitation(`${name.toUpperCase()}@Acme-Tours.example`));
  const which = { kind: 'invitation', address: `${name}@acme-tours.example` } as const;
  expect(await mails.countSince(which, new Date(Date.now() - 60_000))).toBe(2);
  expect(await mails.countSince(which, new Date(Date.now() + 60_000))).toBe(0);
  expect((await mails.latest(which))?._id).toBe(second.id);
  expect((await mails.find([first.id, second.id, newId()])).map(({ _id }) => _id).sort()).toEqual(
    [first.id, second.id].sort(),
  );
});

it('of 40 who ask to sign in at once with one address, however written, five are let through', async () => {
  const name = `ana-${newId().slice(0, 8)}`;
  const written = [`${name}@acme.example`, `${name.toUpperCase()}@acme.example`];
  const ask = (address: string) => registry().mails.admit({ kind: 'sign-in-link', address });
  const admitted = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(written[index % 2] ?? '')));
  expect(admitted.filter(Boolean)).toHaveLength(5);
  expect(await ask(`other-${name}@acme.example`)).toBe(true);
});

it('tests of a field are counted by account and field, whoever stands there', async () => {
  const account = `acme-${newId().slice(0, 8)}`;
  const ask = (field: AddressField, of = account) =>
    registry().mails.admit({ kind: 'test-mail', account: of, field, address: `${newId()}@acme.example` });
  for (let time = 1; time <= 5; time += 1) expect(await ask('merchantIssues')).toBe(true);
  expect(await ask('merchantIssues')).toBe(false);
  expect(await ask('technicalEmergency')).toBe(true);
  expect(await ask('merchantIssues', `${account}-2`)).toBe(true);
});

it('an address that is erased is in none of its mails any more, and none of them is sent', async () => {
  const { mails } = registry();
  const address = `ana-${newId().slice(0, 8)}@acme-tours.example`;
  const { id } = await mails.send(anInvitation(address));
  const masked = `${newId()}@erased.invalid`;
  const erased = await mails.eraseAddress(address.toUpperCase(), masked, null);
  expect(erased).toEqual({ changed: 1, next: null });
  expect(await stored(id)).toMatchObject({ state: 'suppressed', reason: 'erased', address: masked });
  expect(JSON.stringify(await stored(id))).not.toContain(address);
});

it('who is erased is named in no mail that they asked for, and nobody else of that name is left out', async () => {
  const { mails } = registry();
  const address = `Bia-${newId().slice(0, 8)}@acme-tours.example`;
  const ask = async (asker: { readonly address?: string }) =>
    (await mails.send({ ...anInvitation(), asker: { name: 'Bia Rocha', ...asker } })).id;
  const theirs = await ask({ address });
  const others = await Promise.all([ask({ address: `x${address}` }), ask({})]);
  expect(JSON.stringify(await stored(theirs)).toLowerCase()).not.toContain(address.toLowerCase());
  expect((await stored(theirs))?.facts).toEqual({ by: 'Bia Rocha', role: 'member' });

  await mails.eraseAddress(address.toLowerCase(), `${newId()}@erased.invalid`, null);
  expect(await stored(theirs)).toMatchObject({ state: 'pending', facts: { role: 'member' } });
  expect(JSON.stringify(await stored(theirs))).not.toMatch(/Bia|askerHash/);
  for (const other of others) expect((await stored(other))?.facts.by).toBe('Bia Rocha');
});
