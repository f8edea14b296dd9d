import { randomUUID } from 'node:crypto';
import { AccountListQuery, contactFields, type ContactInformation } from '@signalbox/contracts';
import type { Connection } from 'mongoose';
import { accountModel, type AccountDocument } from './accounts/account-document.js';
import { FillListings } from './accounts/fill-listings.js';
import { listingOf } from './accounts/listing-of.js';
import {
  aRegistry,
  askedBy,
  makeAccount,
  openRegistryDatabase,
  recordingPublisher,
  saveEmergency,
  silent,
  storedAccount,
} from './registry-under-test.spec.js';

let connection: Connection;
beforeAll(async () => {
  connection = await openRegistryDatabase();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const accounts = () => accountModel(connection);
const asker = askedBy('spec');

describe('the listing in an account', () => {
  const registry = () => aRegistry(connection, recordingPublisher());
  const complete = {
    technicalEmergency: { addresses: [{ email: 'page@acme.example' }] },
    technicalNonEmergency: { addresses: [{ email: 'dev@acme.example' }] },
    operationalInternal: { addresses: [{ email: 'ops@acme.example' }] },
    operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
    operationalSupport: {
      hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
    },
  } as const;

  async function isRight(account: string): Promise<AccountDocument> {
    const stored = await storedAccount(connection, account);
    const { addressStates: _, ...listing } = stored.listing ?? { addressStates: [] };
    expect(listing).toEqual(listingOf(stored));
    return stored;
  }

  it('is right after every kind of change', async () => {
    const { facts, users, save, launch, raise, ...rest } = registry();
    const account = await makeAccount({ facts, users, save, launch, raise, ...rest });
    expect((await isRight(account)).listing?.missing.production).toHaveLength(6);

    const { userId } = await users.add(account, { email: 'ana@acme.example', role: 'admin' }, asker);
    await isRight(account);
    const information = { ...complete, alertContacts: { userIds: [userId] } };
    const whole = { account, environment: 'production', matches: () => true, asker } as const;
    await save.execute({ ...whole, mode: 'replace', body: information });
    expect((await isRight(account)).listing?.ready).toEqual({ sandbox: true, production: true });
    await launch.execute(account, asker);
    await isRight(account);

    await save.execute({ ...whole, mode: 'merge', body: { merchantIssues: complete.technicalEmergency } });
    await isRight(account);
    await facts.change(account, { name: 'Ácme & Söhne', integrationType: 'things-to-do' }, asker, true);
    expect((await isRight(account)).listing?.wordStarts).toContain('sohne');
    await facts.change(account, { integrationType: 'reservations' }, asker, true);
    expect((await isRight(account)).listing?.missing.production).toEqual(['merchantIssues']);
    await raise.execute([{ account, heldVersion: 90, differs: false }], asker);
    expect((await isRight(account)).version).toBe(91);
    await users.add(account, { email: 'bo@acme.example', role: 'member' }, asker);
    await isRight(account);
  });

  it('keeps what was said of the addresses through a change, and a change of that makes no version', async () => {
    const one = registry();
    const account = await makeAccount(one);
    await one.store.setAddressStates(account, ['stale', 'bouncing', 'stale']);
    await saveEmergency(one, account, 'page@acme.example');
    const stored = await isRight(account);
    expect(stored).toMatchObject({ version: 2, listing: { addressStates: ['bouncing', 'stale'] } });
    await one.store.setAddressStates(account, []);
    expect(await isRight(account)).toMatchObject({ version: 2, listing: { addressStates: [] } });
  });

  it('is made for accounts from before there was one or by older rules, and newer ones are left alone', async () => {
    const one = registry();
    const [before, older, newer] = await Promise.all([makeAccount(one), makeAccount(one), makeAccount(one)]);
    await accounts().updateOne({ _id: before }, { $unset: { listing: 1 } });
    await accounts().updateOne(
      { _id: older },
      { $set: { 'listing.rules': 0, 'listing.wordStarts': ['x'], 'listing.addressStates': ['stale'] } },
    );
    await accounts().updateOne({ _id: newer }, { $set: { 'listing.rules': 999 } });
    const page = await one.read.list(AccountListQuery.parse({ q: before }));
    expect(page.items).toEqual([]);

    expect(await new FillListings(one.store, silent).execute()).toBe(false);
    await isRight(before);
    expect((await isRight(older)).listing?.addressStates).toEqual(['stale']);
    expect((await storedAccount(connection, newer)).listing?.rules).toBe(999);
    const found = await one.read.list(AccountListQuery.parse({ q: before }));
    expect(found.items.map(({ _id }) => _id)).toEqual([before]);
    await accounts().deleteOne({ _id: newer });
  });
});

describe('a list of 2,000 accounts', () => {
  const many = 2_000;
  const types = ['things-to-do', 'reservations', 'ordering'] as const;
  const names = ['Bistró', 'Hôtel', 'Tours', 'Museo', 'Cafè'];
  let database: Connection;

  /** Of every value of every filter some accounts, most often few; every seventh is called Bistró … */
  function account(n: number): AccountDocument {
    const field = contactFields[n % contactFields.length];
    const filled = n % 3 === 0 ? contactFields : contactFields.filter((each) => each !== field);
    const address = { addresses: [{ email: `ops-${n}@partner.example` }] };
    const all = {
      alertContacts: { userIds: ['u1'] },
      technicalEmergency: address,
      technicalNonEmergency: address,
      merchantIssues: address,
      operationalInternal: address,
      operationalShared: { email: `help-${n}@partner.example`, isBrandSupportAlias: true },
      operationalSupport: {
        hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
      },
    } satisfies ContactInformation;
    const information = Object.fromEntries(filled.map((each) => [each, all[each]])) as ContactInformation;
    const facts = {
      _id: `partner-${String(n).padStart(5, '0')}`,
      name: `${names[n % names.length] ?? ''} ${randomUUID().slice(0, 8)}`,
      integrationType: types[n % types.length] ?? 'ordering',
      information,
      owner: null,
      users: [],
    };
    return {
      ...facts,
      ...{ locale: 'en', acknowledgeWithinMinutes: 15, launched: n % 50 === 0 },
      ...{ revision: 1, version: 1, dirty: false, republish: 0, published: 1, publishedAt: new Date() },
      ...{ relay: null, pendingHistory: [] },
      listing: { ...listingOf(facts), addressStates: n % 40 === 0 ? ['bouncing'] : ['confirmed'] },
    };
  }

  beforeAll(async () => {
    database = await openRegistryDatabase();
    await accountModel(database).insertMany(Array.from({ length: many }, (_, n) => account(n)));
  });
  afterAll(async () => {
    await database.dropDatabase();
    await database.close();
  });

  const read = () => aRegistry(database, recordingPublisher()).read;

  /** What MongoDB did for one page, as its profiler wrote it down. */
  async function pageAndPlan(query: object) {
    const profile = database.collection('system.profile');
    await database.db?.command({ profile: 0 });
    await profile.drop();
    await database.db?.command({ profile: 2 });
    const page = await read().list(AccountListQuery.parse(query));
    await database.db?.command({ profile: 0 });
    const [plan] = await profile.find({ ns: /\.accounts$/ }).toArray();
    return { page, plan: { ...plan } as Record<string, unknown> };
  }

  const limit = 50;
  it.each<[string, object]>([
    ['all', {}],
    ['those that are ready', { ready: 'true' }],
    ['those that are not', { ready: 'false' }],
    ['those that are ready in sandbox', { ready: 'true', environment: 'sandbox' }],
    ...contactFields.map((missing): [string, object] => [`those without ${missing}`, { missing }]),
    ['those without a shared contact in sandbox', { missing: 'operationalShared', environment: 'sandbox' }],
    ['those with an address that bounces', { addressState: 'bouncing' }],
    ['those with confirmed addresses', { addressState: 'confirmed' }],
    ['the launched ones', { launched: 'true' }],
    ['those that are not launched', { launched: 'false' }],
    ['one integration type', { integrationType: 'reservations' }],
    ['a word that many have', { q: 'bis' }],
    ['one letter', { q: 'p' }],
    ['one account by its id', { q: 'partner-01234' }],
    ['a word that nobody has', { q: 'zzz' }],
  ])(
    'finds the first page of %s by an index, in order, reading little more than it shows',
    async (_, query) => {
      const { page, plan } = await pageAndPlan({ ...query, limit: String(limit) });
      expect(plan.planSummary).toMatch(/^IXSCAN/);
      expect(plan.hasSortStage ?? false).toBe(false);
      expect(plan.keysExamined).toBeLessThanOrEqual(3 * (limit + 1));
      const ids = page.items.map(({ _id }) => _id);
      expect(ids).toEqual([...ids].sort());
    },
  );

  it.each<[string, object, (account: AccountDocument) => boolean]>([
    ['ready', { ready: 'true' }, ({ listing }) => listing?.missing.production.length === 0],
    [
      'ready in sandbox, not launched',
      { ready: 'true', environment: 'sandbox', launched: 'false' },
      ({ listing, launched }) => listing?.missing.sandbox.length === 0 && !launched,
    ],
    [
      'without an emergency address, bouncing',
      { missing: 'technicalEmergency', addressState: 'bouncing' },
      ({ listing }) =>
        listing?.missing.production.includes('technicalEmergency') === true &&
        listing.addressStates.includes('bouncing'),
    ],
    [
      'a word, a type and what is missing',
      { q: 'HOTEL', integrationType: 'reservations', missing: 'operationalSupport' },
      ({ name, integrationType, information }) =>
        name.startsWith('Hôtel') &&
        integrationType === 'reservations' &&
        information.operationalSupport === undefined,
    ],
    [
      'two words in any order',
      { q: '000 biströ' },
      ({ _id, name }) => name.startsWith('Bistró') && (_id.startsWith('partner-000') || / 000/.test(name)),
    ],
  ])('over all pages has each account that is %s, once, and no other', async (_, query, belongs) => {
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await read().list(
        AccountListQuery.parse({ ...query, limit: '7', cursor: cursor ?? undefined }),
      );
      found.push(...page.items.map(({ _id }) => _id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = await accountModel(database).find().sort({ _id: 1 }).lean<AccountDocument[]>();
    const expected = all.filter(belongs).map(({ _id }) => _id);
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });
});

describe('a search text', () => {
  it.each(['.*', '^', '$where', '(z+)+$', '{"$ne":null}', '\\', '[', 'a.*z'])(
    'is words and no pattern: %j',
    async (q) => {
      const parsed = AccountListQuery.safeParse({ q });
      if (!parsed.success) return expect(parsed.error.issues[0]?.path).toEqual(['q']);
      const page = await aRegistry(connection, recordingPublisher()).read.list(parsed.data);
      expect(page.items.map(({ name }) => name)).not.toContain('Acme');
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['of 10 kB', { q: 'a'.repeat(10_000) }],
    ['that is an operator', { q: { $ne: null } }],
    ['that is named as an operator', { 'q[$ne]': '' }],
    ['given twice', { q: ['a', 'b'] }],
    ['without a word', { q: '***' }],
    ['with an unknown filter', { q: 'a', missng: 'operationalShared' }],
    ['with a state that is none', { addressState: { $gt: '' } }],
    ['with a field that is none', { missing: 'listing.rules' }],
  ])('%s is refused', (_, query) => {
    expect(AccountListQuery.safeParse(query).success).toBe(false);
  });
});
