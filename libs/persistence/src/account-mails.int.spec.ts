import type { Connection } from 'mongoose';
import type { AccountMail } from '@signalbox/contracts';
import { anAccountMail, aDelivery, eventually, newId } from '@signalbox/testing';
import { createAccountMailClaims } from './account-mail-claims.js';
import { accountMailModel, createAccountMailIndexes, openAccountMails } from './account-mail-model.js';
import { createAccountMailStore } from './account-mail-store.js';
import type { DeliveryClaimsOptions } from './claims.js';
import { deliveryModel } from './models.js';
import { openDatabase } from './real-mongo.spec.js';

const minuteMs = 60_000;
let connection: Connection;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ connection, end } = await openDatabase());
  await createAccountMailIndexes(connection);
});
afterAll(() => end());

const store = () => createAccountMailStore(connection);
const worker = (by = 'worker', options: Partial<DeliveryClaimsOptions> = {}) =>
  createAccountMailClaims(connection, { by, ...options });

async function insertMail(changes: Partial<AccountMail> = {}): Promise<AccountMail> {
  const mail = anAccountMail({ addressHash: newId(), ...changes });
  await store().insert(mail);
  return mail;
}

async function stored({ _id }: Pick<AccountMail, '_id'>): Promise<AccountMail> {
  const found = await accountMailModel(connection).findById(_id).lean<AccountMail>();
  if (found === null) throw new Error(`no account mail ${_id}`);
  return found;
}

async function claimOne({ _id, attempt }: AccountMail, token: string, claims = worker()) {
  const [answer] = await claims.claimMany([{ delivery: _id, attempt, token }]);
  if (answer === undefined) throw new Error('no answer to a claim');
  return answer;
}

const inThePast = () => new Date(Date.now() - minuteMs);

describe('the secret of an account mail', () => {
  it('is there for the worker that claims it, and for nobody who asks what became of it', async () => {
    const mail = await insertMail({ sealedSecret: 'sealed-for-one' });
    const [found] = await store().find([mail._id]);
    expect(found).toMatchObject({ _id: mail._id, state: 'pending' });
    expect(found).not.toHaveProperty('sealedSecret');
    const latest = await store().latest({ kind: 'invitation', addressHash: mail.addressHash });
    expect(latest).not.toHaveProperty('sealedSecret');
    expect(await claimOne(mail, newId())).toMatchObject({ won: { sealedSecret: 'sealed-for-one' } });
  });

  it.each([
    ['sent', { to: 'sent' }],
    ['refused', { to: 'refused', reason: 'recipient-refused' }],
    ['expired', { to: 'expired', reason: 'lifetime-passed' }],
  ] as const)('is gone with the write that says %s', async (state, outcome) => {
    const mail = await insertMail();
    const token = newId();
    await claimOne(mail, token);
    expect(await worker().settleMany([{ delivery: mail._id, token, ...outcome }])).toEqual([
      { recorded: true, state },
    ]);
    expect(await stored(mail)).toMatchObject({ state, sealedSecret: null, nextAttemptAt: null });
  });

  it('stays while the mail is to be tried again', async () => {
    const mail = await insertMail();
    const token = newId();
    await claimOne(mail, token);
    const again = { to: 'pending', reason: 'recipient-deferred', retryInMs: 0 } as const;
    await worker().settleMany([{ delivery: mail._id, token, ...again }]);
    expect(await stored(mail)).toMatchObject({ state: 'pending', attempt: 2, sealedSecret: 'sealed' });
  });

  it('is gone when 20 claims in a row ended without an outcome', async () => {
    const mail = await insertMail();
    const dying = worker('dying', { leaseMs: 1, mostBlanks: 2 });
    await eventually(async () => 'ended' in (await claimOne(mail, newId(), dying)));
    expect(await stored(mail)).toMatchObject({
      state: 'expired',
      reason: 'never-finished',
      sealedSecret: null,
    });
  });
});

describe('an account mail whose time has passed', () => {
  it('is not won by a claim: the claim ends it', async () => {
    const mail = await insertMail({ expiresAt: inThePast() });
    expect(await claimOne(mail, newId())).toMatchObject({
      ended: { state: 'expired', reason: 'lifetime-passed', sealedSecret: null },
    });
    expect((await stored(mail)).transitions.map(({ to, reason }) => [to, reason])).toEqual([
      ['expired', 'lifetime-passed'],
    ]);
  });

  it('is not tried again after a failure', async () => {
    const mail = await insertMail({ expiresAt: new Date(Date.now() + 300) });
    const token = newId();
    await claimOne(mail, token);
    await eventually(() => mail.expiresAt < new Date());
    const again = { to: 'pending', reason: 'no-answer', retryInMs: 0 } as const;
    await eventually(async () => {
      await worker().settleMany([{ delivery: mail._id, token, ...again }]);
      return (await stored(mail)).state !== 'sending';
    });
    expect(await stored(mail)).toMatchObject({ state: 'expired', sealedSecret: null });
  });

  it('ends although nobody ever tried it, or whoever tried it died; what is alive is left alone', async () => {
    const expiresAt = inThePast();
    const waiting = await insertMail({ expiresAt });
    const claim = { token: newId(), by: 'dead', until: inThePast() };
    const abandoned = await insertMail({ expiresAt, state: 'sending', claim });
    const held = { token: newId(), by: 'alive', until: new Date(Date.now() + minuteMs) };
    const running = await insertMail({ expiresAt, state: 'sending', claim: held });
    const inTime = await insertMail();

    const ended = await worker().endExpired(1_000);
    expect(ended.map(({ _id }) => _id).sort()).toEqual([waiting._id, abandoned._id].sort());
    for (const mail of [waiting, abandoned]) {
      expect(await stored(mail)).toMatchObject({ state: 'expired', sealedSecret: null });
    }
    expect((await stored(abandoned)).ambiguous).toBe(true);
    expect(await stored(running)).toMatchObject({ state: 'sending', claim: held });
    expect(await stored(inTime)).toMatchObject({ state: 'pending', sealedSecret: 'sealed' });
    expect(await worker().endExpired(1_000)).toEqual([]);
  });
});

it('an overdue mail without a job is found once a while, an abandoned one too', async () => {
  const overdue = await insertMail({ nextAttemptAt: inThePast() });
  const claim = { token: newId(), by: 'dead', until: inThePast() };
  const abandoned = await insertMail({ state: 'sending', attempt: 3, claim });
  const early = await insertMail({ nextAttemptAt: new Date(Date.now() + minuteMs) });
  const limits = { dueBefore: new Date(), sweptBefore: new Date(Date.now() - minuteMs), most: 1_000 };
  const taken = await worker().takeOverdue(limits);
  expect(taken).toEqual(
    expect.arrayContaining([
      { _id: overdue._id, attempt: 1 },
      { _id: abandoned._id, attempt: 3 },
    ]),
  );
  expect(taken.map(({ _id }) => _id)).not.toContain(early._id);
  expect(await worker().takeOverdue(limits)).toEqual([]);
});

describe('what became of account mails', () => {
  it('is told of the newest, and counted, by kind, account, address and field', async () => {
    const account = { id: `acme-${newId().slice(0, 8)}`, name: 'Acme' };
    const test = { kind: 'test-mail', account, sealedSecret: null } as const;
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minuteMs);
    const emergency = { facts: { field: 'technicalEmergency' } } as const;
    await insertMail({ ...test, ...emergency, createdAt: minutesAgo(90) });
    await insertMail({ ...test, ...emergency, createdAt: minutesAgo(30) });
    const newest = await insertMail({ ...test, ...emergency, createdAt: minutesAgo(5) });
    const other = await insertMail({ ...test, facts: { field: 'merchantIssues' }, createdAt: minutesAgo(1) });
    const which = { kind: 'test-mail', account: account.id } as const;

    const field = 'technicalEmergency';
    expect(await store().latest({ ...which, field })).toMatchObject({ _id: newest._id });
    expect(await store().latest(which)).toMatchObject({ _id: other._id });
    expect(await store().countSince({ ...which, field }, minutesAgo(60))).toBe(2);
    expect(await store().countSince(which, minutesAgo(60))).toBe(3);
    expect(
      await store().countSince({ kind: 'test-mail', addressHash: newest.addressHash }, minutesAgo(60)),
    ).toBe(1);
    expect(await store().latest({ kind: 'invitation', account: account.id })).toBeUndefined();
  });
});

/** All pages. @returns how many mails were changed. */
async function maskAll(address: string, mask: string): Promise<number> {
  let changed = 0;
  for (let after: string | null | undefined; after !== null;) {
    const page = await store().mask(address, mask, after ?? null);
    changed += page.changed;
    after = page.next;
  }
  return changed;
}

describe('an erased address', () => {
  it('is masked wherever it stands; what was not sent never is, and what was sent stays sent', async () => {
    const addressHash = newId();
    const address = `ana-${addressHash.slice(0, 8)}@acme-tours.example`;
    const hers = { addressHash, address };
    const sent = await insertMail({ ...hers, state: 'sent', sealedSecret: null, settledAt: new Date() });
    const waiting = await insertMail(hers);
    const running = await insertMail(hers);
    const token = newId();
    await claimOne(running, token);
    const somebodyElse = await insertMail();
    const naming = await insertMail({
      account: { id: 'acme-tours', name: `Acme (${address})` },
      facts: { by: address, role: 'member' },
    });

    const masked = `${addressHash}@erased.invalid`;
    await store().suppress(addressHash);
    expect(await maskAll(address, masked)).toBe(4);
    expect(await stored(sent)).toMatchObject({ state: 'sent', address: masked });
    for (const mail of [waiting, running]) {
      expect(await stored(mail)).toMatchObject({ state: 'suppressed', reason: 'erased', sealedSecret: null });
    }
    expect((await stored(waiting)).settledAt).toBeInstanceOf(Date);
    expect(await claimOne(waiting, newId())).toEqual({ gone: true });
    expect(await worker().renew([token])).toEqual(new Set());
    expect(await worker().stillHeld([token])).toEqual(new Set());
    expect(await worker().settleMany([{ delivery: running._id, token, to: 'sent' }])).toEqual([
      { recorded: false },
    ]);

    const all = JSON.stringify(await accountMailModel(connection).find({ addressHash }).lean());
    expect(all).not.toContain(address);
    expect(all).not.toContain('Bia Rocha');
    expect(await stored(somebodyElse)).toMatchObject({ address: 'ana@acme-tours.example', state: 'pending' });
    expect(await stored(naming)).toMatchObject({
      ...{ state: 'pending', account: { name: `Acme (${masked})` }, facts: { by: masked, role: 'member' } },
    });
    expect(await maskAll(address, masked)).toBe(0);
  });
});

it('account mails are kept 30 days from their end on', async () => {
  const indexes = await accountMailModel(connection).collection.indexes();
  expect(indexes).toContainEqual(
    expect.objectContaining({ key: { settledAt: 1 }, expireAfterSeconds: 2_592_000 }) as unknown,
  );
});

it('a database opened over the connections of another is apart from it', async () => {
  const mails = openAccountMails(connection, `${connection.db?.databaseName}_mails`);
  await createAccountMailIndexes(mails);
  await createAccountMailStore(mails).insert(anAccountMail());
  const delivery = aDelivery();
  await deliveryModel(connection).create(delivery);
  expect(await accountMailModel(mails).countDocuments()).toBe(1);
  expect(await deliveryModel(mails).countDocuments()).toBe(0);
  await mails.dropDatabase();
  expect(await deliveryModel(connection).countDocuments({ _id: delivery._id })).toBe(1);
});
