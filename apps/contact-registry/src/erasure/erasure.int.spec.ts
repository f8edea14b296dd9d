import { randomUUID } from 'node:crypto';
import {
  accountMailExpiry,
  erasedAddress,
  erasedAddressParts,
  type DispatchErasure,
} from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import { systemClock } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { InvitationStore } from '../access/invitation-store.js';
import { openSignIn } from '../access/open-sign-in.js';
import { StaffStore } from '../access/staff-store.js';
import { staffModel } from '../access/staff-document.js';
import { historyModel } from '../accounts/account-document.js';
import { AddressFactsStore } from '../addresses/address-facts-store.js';
import { ConfirmationStore } from '../addresses/confirmation-store.js';
import { ForgetAddress } from '../addresses/forget-address.js';
import { ApiKeyStore } from '../keys/api-key-store.js';
import { ChangeKeys } from '../keys/change-keys.js';
import {
  accountMailsIn,
  aRegistry,
  askedBy,
  encryption,
  hash,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  silent,
  storedAccount,
} from '../registry-under-test.spec.js';
import { AddressTracesStore } from './address-traces-store.js';
import { AskForErasure } from './ask-for-erasure.js';
import { erasureModel } from './erasure-document.js';
import { ErasureStore } from './erasure-store.js';
import { ReadErasures } from './read-erasures.js';
import { RunErasures } from './run-erasures.js';
import { stepsOfErasure, type DispatchEraser } from './steps-of-erasure.js';

let connection: Connection;
let parts: Awaited<ReturnType<typeof openParts>>;
const topic = recordingPublisher();
const registry = () => aRegistry(connection, topic, { limitMs: 50 });

async function openParts() {
  const staff = new StaffStore(connection);
  const invitations = new InvitationStore(connection);
  const facts = new AddressFactsStore(connection);
  const confirmations = new ConfirmationStore(connection);
  const erasures = new ErasureStore(connection);
  await Promise.all([staff, invitations, facts, confirmations, erasures].map((each) => each.createIndexes()));
  const signIn = await openSignIn({
    connection,
    signingKeys: { current: 'a signing key of 32 characters or more' },
    publicUrl: 'http://127.0.0.1:8080',
    log: silent,
  });
  return { staff, invitations, facts, confirmations, erasures, ...signIn };
}

beforeAll(async () => {
  connection = await openRegistryDatabase();
  parts = await openParts();
  await parts.staff.ensureOperator('kim@platform.example');
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** A router that says of everything that it is done, and what it was asked. */
function aRouter() {
  const asked: DispatchErasure[] = [];
  const router: DispatchEraser & { asked: DispatchErasure[]; isAway: boolean } = {
    asked,
    isAway: false,
    erase(part) {
      if (router.isAway) return Promise.reject(new Error('away'));
      asked.push(part);
      const isFirstPage = part.part === 'mask' && part.after === null;
      return Promise.resolve({ changed: { dispatches: 1 }, next: isFirstPage ? 'page 2' : null });
    },
  };
  return router;
}

/** One registry's erasures; each pass is run by hand, and nothing pauses. */
function anEraser(dispatches: DispatchEraser = aRouter()) {
  const { staff, identities, invitations, erasures, facts, confirmations } = parts;
  const traces = new AddressTracesStore(connection);
  const addresses = new ForgetAddress({ confirmations, facts, states: { later: () => undefined }, hash });
  const steps = stepsOfErasure({
    ...{ traces, erasures, staff, identities, invitations, addresses, dispatches },
    accounts: registry().changes,
    accountMails: accountMailsIn(connection),
  });
  const usual = { erasures, encryption, log: silent };
  const ask = new AskForErasure({ ...usual, accounts: traces, staff, hash, clock: systemClock });
  const run = new RunErasures({ ...usual, steps, pauseMs: 0, failedPauseMs: 0 });
  return {
    read: new ReadErasures(erasures),
    pass: () => run.execute(),
    async ask(address: string, by = 'olga'): Promise<string> {
      const asked = await ask.execute(address, askedBy(by));
      if (asked.kind !== 'asked') throw new Error(asked.kind);
      return asked.erasure._id;
    },
    async erase(address: string, by?: string): Promise<string> {
      const id = await this.ask(address, by);
      await run.execute();
      await run.execute();
      return id;
    },
  };
}

const stored = async (id: string) => {
  const found = await erasureModel(connection).findById(id).lean();
  if (found === null) throw new Error('no such erasure');
  return found;
};
const anAddress = () => `Ana-${randomUUID().slice(0, 8)}@acme-tours.example`;
const maskOf = (address: string) => erasedAddress(hash(erasedAddressParts(address)));

/** Every document of the database, as text in lower case. */
async function everything(): Promise<string> {
  const collections = (await connection.db?.collections()) ?? [];
  const found = await Promise.all(collections.map((each) => each.find().toArray()));
  return JSON.stringify(found).toLowerCase();
}

/** An account that has the address wherever one can stand, and a former version that has it too. */
async function anAccountWith(address: string) {
  const { users, save, facts } = registry();
  const account = await makeAccount(registry());
  const { userId } = await users.add(
    account,
    { email: address, role: 'admin', name: 'Ana' },
    askedBy('spec'),
  );
  const only = { addresses: [{ email: address.toLowerCase(), label: 'Ana' }] };
  await save.execute({
    ...{ account, environment: 'production', mode: 'merge', matches: () => true },
    body: {
      alertContacts: { userIds: [userId] },
      technicalEmergency: only,
      technicalNonEmergency: only,
      merchantIssues: only,
      operationalInternal: { addresses: [{ email: `o'${address}`, label: `not ${address}` }] },
      operationalShared: { email: address, isBrandSupportAlias: true },
    },
    asker: { by: 'portal user', actor: { kind: 'portal-user', id: userId }, from: '192.0.2.7' },
  });
  await facts.change(
    account,
    { owner: address.toUpperCase().replace('ACME.EXAMPLE', 'acme.example') },
    askedBy('spec'),
  );
  return account;
}

/** An invitation as it is stored. */
const invite = (
  account: string,
  {
    email,
    name = null,
    by = 'spec',
  }: { readonly email: string; readonly name?: string | null; readonly by?: string },
) =>
  parts.invitations.insert({
    ...{ _id: randomUUID(), account, email, role: 'member', language: 'en', name, sha256: randomUUID() },
    ...{ invitedBy: { by, actor: { kind: 'tool', id: 'spec' } }, invitedAt: new Date() },
    ...{ expiresAt: new Date(), acceptedAt: null, claimedUntil: null, revokedAt: null },
    forgetAt: new Date(Date.now() + 60_000),
  });

describe('an erased address', () => {
  it('is nowhere in the registry, and in its place there is a mask', async () => {
    const address = anAddress();
    const account = await anAccountWith(address);
    const mail = { kind: 'invitation', language: 'en', secret: 's'.repeat(22) } as const;
    const expiresAt = accountMailExpiry('invitation', new Date());
    const to = (email: string, by: string) =>
      accountMailsIn(connection).send({
        ...{ ...mail, expiresAt, address: email, facts: { role: 'member' }, asker: { name: by } },
        account: { id: account, name: `Acme of ${address}` },
      });
    await to(address, 'Rui');
    await to('rui@acme.example', `for ${address}`);
    await invite(account, { email: address });
    await invite(account, {
      email: 'rui@acme.example',
      name: `like ${address}`,
      by: `key of ${address} (k1)`,
    });
    await new ChangeKeys(new ApiKeyStore(connection), systemClock, silent).make(
      { name: `key of ${address}`, scopes: ['support'], limits: { accounts: [address] } },
      `by ${address}`,
    );
    const lee = { _id: randomUUID(), email: 'lee@platform.example', mailbox: 'lee@platform.example' };
    await parts.staff.insert({ ...lee, name: `Lee, not ${address}`, role: 'support' });
    await parts.links.make(address.toLowerCase());
    const addressHash = hash(addressHashParts(address));
    await parts.facts.observe([{ account, addressHash, lastAcceptedAt: new Date(), lastBouncedAt: null }]);
    // The search finds it while it is there.
    expect(await everything()).toContain(address.toLowerCase());

    const eraser = anEraser();
    const id = await eraser.erase(address, `${address} (k1)`);
    expect(await eraser.read.find(id)).toMatchObject({
      state: 'done',
      accounts: 1,
      by: `${maskOf(address)} (k1)`,
      changed: {
        accounts: 1,
        signIns: 1,
        invitations: 2,
        apiKeys: 1,
        staff: 1,
        accountMails: 2,
        addressFacts: 1,
      },
    });
    const left = (await everything()).replaceAll(`o'${address.toLowerCase()}`, '');
    expect(left).not.toContain(address.toLowerCase());
    expect(await parts.facts.ofAccount(account)).toEqual(new Map());
    expect((await storedAccount(connection, account)).information).toEqual({
      alertContacts: { userIds: [] },
      technicalEmergency: { addresses: [] },
      technicalNonEmergency: { addresses: [] },
      merchantIssues: { addresses: [] },
      operationalInternal: {
        addresses: [{ email: `o'${address}`, label: `not ${maskOf(address)}` }],
      },
    });
  });

  it('makes one new version of each account, which the topic has, and the history says by whom', async () => {
    const address = anAddress();
    const account = await anAccountWith(address);
    const before = await storedAccount(connection, account);
    await anEraser().erase(address);
    const { version, users, owner } = await storedAccount(connection, account);
    expect({ version, users, owner }).toEqual({ version: before.version + 1, users: [], owner: null });
    expect(topic.versionsOf(account).at(-1)).toBe(version);
    const [newest, ...others] = await historyModel(connection).find({ account }).sort({ version: -1 }).lean();
    expect(newest).toMatchObject({ version, what: 'erasure', by: 'olga' });
    expect(others.filter(({ from }) => typeof from === 'string')).toEqual([]);
    expect(JSON.stringify(others)).toContain(maskOf(address));
  });

  it('is taken from a launched account too, although a field that is required is empty then', async () => {
    const address = anAddress();
    const account = await anAccountWith(address);
    await connection
      .collection('accounts')
      .updateOne({ _id: account as never }, { $set: { launched: true } });
    await anEraser().erase(address);
    const { launched, listing } = await storedAccount(connection, account);
    expect(launched).toBe(true);
    expect(listing?.ready.production).toBe(false);
  });
});

describe('an erasure', () => {
  it('stops the telling first, masks page by page when the contacts are without the address, and does it twice', async () => {
    const router = aRouter();
    const address = anAddress();
    await anAccountWith(address);
    await anEraser(router).erase(address);
    const once = [
      { part: 'suppress', address },
      { part: 'suppress', address },
      { part: 'mask', address, after: null },
      { part: 'mask', address, after: 'page 2' },
    ];
    expect(router.asked).toEqual([...once, ...once]);
  });

  it('masks nothing while Kafka does not have the contacts without the address', async () => {
    const router = aRouter();
    const address = anAddress();
    const account = await anAccountWith(address);
    const eraser = anEraser(router);
    const id = await eraser.ask(address);
    topic.failWith(new Error('Kafka is away'));
    await eraser.pass();
    await eraser.pass();
    expect((await stored(id)).place).toMatchObject({ time: 1, step: 'history' });
    expect(router.asked).toEqual([{ part: 'suppress', address }]);

    topic.failWith(undefined);
    await registry().relay.execute();
    expect((await storedAccount(connection, account)).dirty).toBe(false);
    await eraser.pass();
    await eraser.pass();
    expect((await stored(id)).state).toBe('done');
  });

  it('goes on where it was left when the router was away, and then drops the address', async () => {
    const router = aRouter();
    const eraser = anEraser(router);
    const address = anAddress();
    router.isAway = true;
    const id = await eraser.ask(address);
    await eraser.pass();
    const { sealedAddress } = await stored(id);
    expect(encryption.open(sealedAddress ?? '', id)).toEqual({ ok: true, text: address });
    expect(JSON.stringify(await stored(id)).toLowerCase()).not.toContain(address.toLowerCase());

    router.isAway = false;
    const other = anEraser(router); // Another process.
    await other.pass();
    await other.pass();
    expect(await stored(id)).toMatchObject({ state: 'done', sealedAddress: null, leftUsers: [] });
    expect(await other.read.find(id)).toMatchObject({ by: 'olga', changed: { dispatches: 6 } });
  });

  it('that fails keeps none of the others waiting, however many fail', async () => {
    const router = aRouter();
    router.isAway = true;
    const failing = anEraser(router);
    const stuck: string[] = [];
    for (let n = 0; n < 21; n += 1) stuck.push(await failing.ask(anAddress()));
    await failing.pass();
    const latest = await failing.ask(anAddress());
    router.isAway = false;
    await failing.pass();
    await failing.pass();
    await failing.pass();
    await failing.pass();
    const states = await Promise.all([...stuck, latest].map(async (id) => (await stored(id)).state));
    expect(new Set(states)).toEqual(new Set(['done']));
  });

  it('that is asked for while it runs is the same one, and another one afterwards', async () => {
    const eraser = anEraser();
    const address = anAddress();
    const [first, second] = [await eraser.ask(address), await eraser.ask(address.toUpperCase())];
    expect(second).toBe(first);
    await eraser.pass();
    await eraser.pass();
    expect(await eraser.ask(address)).not.toBe(first);
    await eraser.pass();
    await eraser.pass();
  });

  it('of two processes at once makes one version of the account', async () => {
    const address = anAddress();
    const account = await anAccountWith(address);
    const { version } = await storedAccount(connection, account);
    const [one, other] = [anEraser(), anEraser()];
    const id = await one.ask(address);
    await Promise.all([one.pass(), other.pass()]);
    await Promise.all([one.pass(), other.pass()]);
    expect((await stored(id)).state).toBe('done');
    expect((await storedAccount(connection, account)).version).toBe(version + 1);
  });

  it('is refused for the last operator, and takes any other of the staff', async () => {
    const eraser = anEraser();
    await expect(eraser.ask('KIM@platform.example')).rejects.toThrow('last-operator');
    await parts.staff.ensureOperator('lee@platform.example');
    await eraser.erase('lee@platform.example');
    expect(await staffModel(connection).find().distinct('mailbox')).toEqual(['kim@platform.example']);
  });

  it('of the last two operators at once takes one, and waits with the other until there is another one', async () => {
    const [one, other] = [anAddress(), anAddress()];
    for (const each of [one, other]) await parts.staff.ensureOperator(each);
    const eraser = anEraser();
    const ids = [await eraser.ask(one), await eraser.ask('kim@platform.example'), await eraser.ask(other)];
    const states = () => Promise.all(ids.map(async (id) => (await stored(id)).state));
    for (let pass = 0; pass < 3; pass += 1) await eraser.pass();
    expect((await states()).filter((state) => state === 'running')).toHaveLength(1);
    expect(await staffModel(connection).countDocuments({ role: 'operator' })).toBe(1);

    await parts.staff.ensureOperator('lee@platform.example');
    for (let pass = 0; pass < 3; pass += 1) await eraser.pass();
    expect(await states()).toEqual(['done', 'done', 'done']);
    expect(await staffModel(connection).distinct('mailbox', { role: 'operator' })).toEqual([
      'lee@platform.example',
    ]);
  });

  it('waits for accounts that nobody has looked through for addresses yet', async () => {
    const address = anAddress();
    const account = await anAccountWith(address);
    await connection.collection('accounts').updateOne({ _id: account as never }, { $unset: { listing: 1 } });
    const eraser = anEraser();
    const id = await eraser.ask(address);
    await eraser.pass();
    expect((await stored(id)).place).toMatchObject({ time: 1, step: 'accounts' });
  });
});
