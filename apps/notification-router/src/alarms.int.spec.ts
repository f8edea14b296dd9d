import { randomUUID } from 'node:crypto';
import { type AccountMail, type Alarm, type Dispatch } from '@signalbox/contracts';
import {
  accountMailLimitModel,
  accountMailModel,
  alarmModel,
  createAccountMailIndexes,
  createAccountMailLimits,
  createAccountMailStore,
  openAccountMails,
} from '@signalbox/persistence';
import { anAccountSnapshot } from '@signalbox/testing';
import type { Connection } from 'mongoose';
import { ListAlarms } from './list-alarms.js';
import { MailAlarms, type MailAlarmsParts } from './mail-alarms.js';
import type { ReceivedEvent } from './received-event.js';
import {
  anAccount,
  aRouter,
  clock,
  deliveriesOf,
  dispatchOf,
  hash,
  idOf,
  log,
  openStore,
  operatorsMailbox,
  received,
  statesOf,
  type Store,
} from './real-store.spec.js';
import { TellOperators } from './tell-operators.js';

const minuteMs = 60_000;
let store: Store;
let mailDatabase: Connection;
beforeEach(async () => {
  store = await openStore();
  mailDatabase = openAccountMails(store.connection, `${store.connection.name}_mail`);
  await createAccountMailIndexes(mailDatabase);
});
afterEach(async () => {
  await mailDatabase.dropDatabase();
  await store.end();
});

const operators = () => new TellOperators({ limits: createAccountMailLimits(mailDatabase), hash });
const letTimePass = () => accountMailLimitModel(mailDatabase).deleteMany({});

function mailAlarms(parts: Partial<MailAlarmsParts> = {}): MailAlarms {
  return new MailAlarms({
    alarms: store.alarms,
    operators: operators(),
    dispatches: store.dispatches,
    mails: createAccountMailStore(mailDatabase),
    jobs: { addAll: () => Promise.resolve() },
    operatorsMailbox,
    hash,
    clock,
    log,
    ...parts,
  });
}
const mails = () => accountMailModel(mailDatabase).find({}).sort({ createdAt: 1 }).lean<AccountMail[]>();
const alarmsOf = (dispatch: string) =>
  alarmModel(store.connection).find({ dispatch }).sort({ at: 1 }).lean<Alarm[]>();
const routerAt = (later: number, parts: Parameters<typeof aRouter>[1] = {}) => {
  const then = { now: () => new Date(clock.now().getTime() + later) };
  return aRouter(store, { ...parts, clock: then, toAdvance: { clock: then, ...parts.toAdvance } });
};

const acme = (account: string, version: number) =>
  anAccountSnapshot({
    account,
    version,
    contacts: {
      technicalEmergency: [{ email: 'page@acme.example' }],
      technicalNonEmergency: [{ email: 'dev@acme.example' }],
    },
  });
async function anEmergency() {
  const { account } = await anAccount(store, acme);
  const one = received({ account });
  await aRouter(store).route.execute([one]);
  return idOf(one);
}
const gathering = { operators: { mayTellUnroutable: () => Promise.resolve(false) } };
/** Events of accounts that nobody knows, each of another or all of one. */
const strays = (
  count: number,
  {
    kind = 'matching-issue',
    account,
  }: { readonly kind?: 'matching-issue' | 'emergency'; readonly account?: string } = {},
) =>
  Array.from({ length: count }, () =>
    received({ kind, account: account ?? `stray-${randomUUID().slice(0, 8)}` }),
  );

it('every step past the first raises one alarm, which names the step and is mailed', async () => {
  const id = await anEmergency();
  expect(await alarmsOf(id)).toEqual([]);
  for (const later of [minuteMs, minuteMs, 3 * minuteMs]) await routerAt(later).advance.execute([id]);
  expect(await alarmsOf(id)).toEqual([
    expect.objectContaining({ alarm: 'fell-back', step: 'technicalNonEmergency' }),
    expect.objectContaining({ alarm: 'fell-back', step: 'alertContacts' }),
  ]);
  await mailAlarms().execute();
  expect(await mails()).toEqual([
    expect.objectContaining({
      kind: 'operator-alarm',
      address: operatorsMailbox,
      facts: expect.objectContaining({ alarm: 'fell-back', count: 2 }) as unknown,
    }),
  ]);
});

it.each([
  ['one account', { account: 'acme-turs' }, 1],
  ['ever another account', {}, 10],
])(
  'of 200 events of %s that nobody knows few have a mail of their own, and one mail gathers the rest',
  async (_, of, own) => {
    const { route, jobs } = aRouter(store, { operators: operators() });
    const events = strays(200, of);
    await route.execute(events.slice(0, 100));
    await route.execute(events.slice(100));
    await mailAlarms().execute();
    expect(jobs.known.size).toBe(own);
    expect(await statesOf(store, idOf(events[0] as ReceivedEvent))).toEqual([`${operatorsMailbox}: pending`]);
    expect(await mails()).toEqual([]);

    await letTimePass();
    for (let pass = 0; pass < 3; pass += 1) await mailAlarms().execute();
    expect(await mails()).toEqual([
      expect.objectContaining({
        facts: expect.objectContaining({ alarm: 'unknown-account', count: 200 - own }) as unknown,
      }),
    ]);
    for (const id of events.slice(own, own + 3).map(idOf)) {
      expect(await dispatchOf(store, id)).toMatchObject({ suppressed: 'gathered', state: 'suppressed' });
      expect(await deliveriesOf(store, id)).toMatchObject([{ state: 'suppressed', reason: 'gathered' }]);
    }
  },
);

it('a preview says beforehand which event would wait, and counts nothing', async () => {
  for (let time = 0; time < 20; time += 1) {
    expect(await operators().gathersUnroutable('acme-turs')).toBe(false);
  }
  expect(await operators().mayTellUnroutable('acme-turs')).toBe(true);
  expect(await operators().gathersUnroutable('acme-turs')).toBe(true);
  expect(await operators().gathersUnroutable('nova-stay')).toBe(false);
});

it('an emergency of an account nobody knows has a mail of its own, whoever was told before', async () => {
  const { route, jobs } = aRouter(store, gathering);
  await route.execute([...strays(2), ...strays(2, { kind: 'emergency' })]);
  expect(jobs.known.size).toBe(2);
});

it('a batch that is read again raises what a crash kept from being raised, and nothing twice', async () => {
  const events = strays(3);
  const dead = { raise: () => Promise.reject(new Error('died')) };
  await expect(aRouter(store, { alarms: dead }).route.execute(events)).rejects.toThrow('died');
  const { route } = aRouter(store);
  await route.execute(events);
  await route.execute(events);
  expect(await alarmModel(store.connection).countDocuments()).toBe(3);
});

it('an alarm that a crash kept from being raised is in the note that is left behind', async () => {
  const id = await anEmergency();
  await store.views.applyUpwards([
    anAccountSnapshot({
      account: (await dispatchOf(store, id)).event.account,
      version: 2,
      owner: null,
      contacts: nobody,
    }),
  ]);
  const dead = { raise: () => Promise.reject(new Error('died')) };
  await expect(routerAt(0, { toAdvance: { alarms: dead } }).advance.execute([id])).rejects.toThrow('died');
  const left = await store.dispatches.notesLeftBehind(new Date(Date.now() + minuteMs), 10);
  expect(left.map(({ _id }: Dispatch) => _id)).toEqual([id]);
  await aRouter(store).advance.finish(left);
  expect((await alarmsOf(id)).map(({ alarm, step }) => [alarm, step])).toEqual([['fell-back', 'operators']]);
});
const nobody = {
  alertContacts: [],
  technicalEmergency: [],
  technicalNonEmergency: [],
  merchantIssues: [],
  operationalInternal: [],
};

describe('a process that dies while it mails', () => {
  const died = () => Promise.reject(new Error('died'));
  it.each<[string, () => Partial<MailAlarmsParts>]>([
    ['before the mail is made', () => ({ mails: { insert: died } })],
    ['after the mail is made', () => ({ alarms: { ...store.alarms, made: died } })],
  ])('%s leaves one mail, about the alarms that it had taken', async (_, parts) => {
    await aRouter(store).route.execute(strays(1));
    await alarmModel(store.connection).updateMany({}, { toMail: true });
    await expect(mailAlarms(parts()).execute()).rejects.toThrow('died');
    await aRouter(store, gathering).route.execute(strays(5));
    await mailAlarms().execute();
    expect((await mails()).map(({ facts }) => facts.count)).toEqual([1]);
    await letTimePass();
    await mailAlarms().execute();
    expect((await mails()).map(({ facts }) => facts.count)).toEqual([1, 5]);
  });
});

it('two that mail at once make one mail', async () => {
  await aRouter(store, gathering).route.execute(strays(30));
  await Promise.all([mailAlarms().execute(), mailAlarms().execute(), mailAlarms().execute()]);
  expect((await mails()).map(({ facts }) => facts.count)).toEqual([30]);
});

it('a queue that is away keeps no alarm from being mailed', async () => {
  await aRouter(store, gathering).route.execute(strays(1));
  await mailAlarms({ jobs: { addAll: () => Promise.reject(new Error('Redis is away')) } }).execute();
  expect(await mails()).toHaveLength(1);
});

it('the list has them page by page, the newest first, with the event of each', async () => {
  const { route } = aRouter(store);
  const events = strays(5);
  for (const event of events) await route.execute([event]);
  const list = new ListAlarms({ alarms: store.alarms, dispatches: store.dispatches });
  const seen: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 3; pages += 1) {
    const page = await list.execute({ limit: 2, cursor });
    seen.push(...page.items.map(({ event }) => event.id));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(events.map(({ event }) => event.id).reverse());
  expect((await list.execute({ limit: 2, alarm: 'fell-back' })).items).toEqual([]);
});
