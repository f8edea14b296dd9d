import { randomUUID } from 'node:crypto';
import {
  AccountListQuery,
  adviceCodes,
  contactFields,
  environments,
  type ContactInformation,
} from '@signalbox/contracts';
import { addressAdviceCodes } from '@signalbox/domain';
import type { Connection } from 'mongoose';
import { accountModel, type AccountDocument } from './accounts/account-document.js';
import { perEnvironment } from './accounts/address-listing.js';
import { listingOf } from './accounts/listing-of.js';
import { aRegistry, openRegistryDatabase, recordingPublisher } from './registry-under-test.spec.js';

describe('a list of 2,000 accounts', () => {
  const many = 2_000;
  const types = ['things-to-do', 'reservations', 'ordering'] as const;
  const names = ['Bistró', 'Hôtel', 'Tours', 'Museo', 'Cafè'];
  let database: Connection;

  /** Most accounts have some of it; said by number, so that what is expected does not come from the code under test. */
  const adviceOf = (n: number) =>
    perEnvironment(() => adviceCodes.filter((code, place) => !isOfAddresses(code) && n % (place + 2) === 0));
  const addressAdviceOf = (n: number) =>
    perEnvironment((environment) =>
      environment === 'sandbox' && n % 3 === 0
        ? []
        : addressAdviceCodes.filter((_, place) => n % (place + 2) === 0),
    );
  const isOfAddresses = (code: string) => addressAdviceCodes.some((each) => each === code);

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
      listing: {
        ...listingOf(facts),
        addressStates: n % 40 === 0 ? ['bouncing'] : ['confirmed'],
        ...{ advice: adviceOf(n), addressAdvice: addressAdviceOf(n), addressesDueAt: new Date() },
      },
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
  const firstPages: [string, object][] = [
    ['all', {}],
    ['those that are ready', { ready: 'true' }],
    ['those that are not', { ready: 'false' }],
    ['those that are ready in sandbox', { ready: 'true', environment: 'sandbox' }],
    ...contactFields.map((missing): [string, object] => [`those without ${missing}`, { missing }]),
    ['those without a shared contact in sandbox', { missing: 'operationalShared', environment: 'sandbox' }],
    ...environments.flatMap((environment) =>
      adviceCodes.map((advice): [string, object] => [
        `those advised ${advice} in ${environment}`,
        { advice, environment },
      ]),
    ),
    ['those with an address that bounces', { addressState: 'bouncing' }],
    ['those with confirmed addresses', { addressState: 'confirmed' }],
    ['the launched ones', { launched: 'true' }],
    ['those that are not launched', { launched: 'false' }],
    ['one integration type', { integrationType: 'reservations' }],
    ['a word that many have', { q: 'bis' }],
    ['one letter', { q: 'p' }],
    ['one account by its id', { q: 'partner-01234' }],
    ['a word that nobody has', { q: 'zzz' }],
  ];
  it('has a row below for every filter there is', () => {
    const filters = Object.keys(AccountListQuery.shape).filter((each) => !['limit', 'cursor'].includes(each));
    expect(new Set(firstPages.flatMap(([, query]) => Object.keys(query)))).toEqual(new Set(filters));
  });
  it.each(firstPages)(
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

  it.each<[string, object]>([
    ['the rare one last', {}],
    ['the rare one first', {}],
    ['the rare one last, of a type', { integrationType: 'ordering', launched: 'false' }],
    ['the rare one first, of a type', { integrationType: 'ordering', launched: 'false' }],
  ])('reads little for several words, %s, whatever was searched for before', async (order, others) => {
    const list = (q: string) => read().list(AccountListQuery.parse({ q, ...others }));
    // Many have either and nobody both. MongoDB could remember with which it began, and that it may take long.
    for (const q of ['bistro hotel', 'hotel bistro', 'bistro hotel', 'hotel bistro'])
      expect((await list(q)).items).toEqual([]);
    const q = order.startsWith('the rare one last') ? 'partner 01232' : '01232 partner';
    const { page, plan } = await pageAndPlan({ q, ...others });
    expect(page.items.map(({ _id }) => _id)).toEqual(['partner-01232']);
    expect(plan.keysExamined).toBeLessThanOrEqual(3);
  });

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
      'advised never-tested in sandbox',
      { advice: 'never-tested', environment: 'sandbox' },
      ({ _id }) => Number(_id.slice(-5)) % 4 === 0 && Number(_id.slice(-5)) % 3 !== 0,
    ],
    [
      'advised use-page-alias, of a type',
      { advice: 'use-page-alias', integrationType: 'ordering' },
      ({ _id, integrationType }) => Number(_id.slice(-5)) % 2 === 0 && integrationType === 'ordering',
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
  let connection: Connection;
  beforeAll(async () => {
    connection = await openRegistryDatabase();
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

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
    ['with advice that is none', { advice: 'listing.rules' }],
    ['with a field that is none', { missing: 'listing.rules' }],
  ])('%s is refused', (_, query) => {
    expect(AccountListQuery.safeParse(query).success).toBe(false);
  });
});
