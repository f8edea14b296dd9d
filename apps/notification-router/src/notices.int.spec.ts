import { anAccountSnapshot } from '@signalbox/testing';
import { mostInPart } from './account-previews.js';
import { apply, asReceived, olga, peopleOver, problemOf } from './mailings-under-test.spec.js';
import type { AskedMailing } from './preview-mailing.js';
import { aRouter, claim, clock, countDispatches, openStore, type Store } from './real-store.spec.js';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.end());

const notices = ['migration-notice'] as const;
const toAll: AskedMailing = {
  kind: 'migration-notice',
  data: { environment: 'production', title: 'Version 2 ends in March' },
  audience: {},
};
const accountsOf = (count: number, changes: Parameters<typeof anAccountSnapshot>[0] = {}) =>
  Array.from({ length: count }, (_, index) =>
    anAccountSnapshot({ account: `a${String(index).padStart(5, '0')}`, version: 1, ...changes }),
  );

async function confirmed(asked: AskedMailing = toAll) {
  const people = peopleOver(store);
  const { token, counts } = await people.preview.execute(asked, olga);
  await people.confirm.execute(token, asked, olga);
  return { ...people, token, counts };
}

describe('the audience of a notice', () => {
  it.each([
    ['everybody', {}, 4],
    ['those who are launched', { launched: true }, 2],
    ['an integration type, not launched', { integrationTypes: ['reservations'], launched: false }, 1],
    ['those named', { accounts: ['a00000', 'nobody'] }, 2],
  ] as const)('can be %s', async (_, audience, count) => {
    const [one, two] = accountsOf(2);
    const sleeping = anAccountSnapshot({ account: 'b', launched: false, integrationType: 'reservations' });
    await apply(store, [one!, two!, sleeping, { ...sleeping, account: 'c', integrationType: 'ordering' }]);
    const { counts } = await peopleOver(store).preview.execute(
      { ...toAll, audience: audience as AskedMailing['audience'] },
      olga,
    );
    expect(counts.accounts).toBe(count);
  });
});

it('a notice waits for its time', async () => {
  await apply(store, accountsOf(1));
  const { publish, kafka } = await confirmed({
    ...toAll,
    sendAt: new Date(clock.now().getTime() + 3_600_000),
  });
  expect(await publish.execute(notices)).toBe(false);
  expect(kafka).toEqual([]);
});

it('a pass that dies in the midst of a notice is gone on with by another: everybody is told once', async () => {
  await apply(store, accountsOf(2 * mostInPart + 7));
  const { publish, kafka, mailings, counts } = await confirmed();
  await publish.execute(notices);
  // Half of the second part is with Kafka, and nobody has said so.
  const dying = peopleOver(store, {
    mailings,
    events: {
      publish: (events) => {
        kafka.push(...events.slice(0, mostInPart / 2));
        return Promise.reject(new Error('killed'));
      },
    },
  });
  expect(await dying.publish.execute(notices)).toBe(false);
  while (await publish.execute(notices));
  expect(kafka).toHaveLength(counts.accounts + mostInPart / 2);
  const { route, jobs } = aRouter(store);
  await route.execute(asReceived(kafka));
  expect(await countDispatches(store)).toBe(counts.accounts);
  expect(new Set(jobs.deliveries()).size).toBe(counts.accounts);
});

it('no more of it is published than can be on its way, until mails were tried', async () => {
  await apply(store, accountsOf(13 * mostInPart));
  const { publish, kafka } = await confirmed();
  while (await publish.execute(notices));
  expect(kafka).toHaveLength(11 * mostInPart);
});

it('a notice that is paused goes on where it was', async () => {
  await apply(store, accountsOf(mostInPart + 1));
  const { publish, kafka, steer, token } = await confirmed();
  await publish.execute(notices);
  expect(await steer.execute(notices, token, 'pause', olga)).toMatchObject({
    state: 'paused',
    published: mostInPart,
  });
  expect(await publish.execute(notices)).toBe(false);
  await steer.execute(notices, token, 'resume', olga);
  while (await publish.execute(notices));
  expect(kafka).toHaveLength(mostInPart + 1);
  expect(await problemOf(steer.execute(notices, token, 'pause', olga))).toEqual({ code: 'mailing-is-over' });
});

it('a notice that is cancelled takes back what is not sent, and tells nobody who comes later', async () => {
  await apply(store, accountsOf(3));
  const { publish, kafka, steer, cancel, read, token } = await confirmed();
  await publish.execute(notices);
  const { route } = aRouter(store);
  const received = asReceived(kafka);
  await route.execute(received.slice(0, 2));
  const [first, second] = await store.connection
    .collection<{ _id: string }>('deliveries')
    .find()
    .sort({ account: 1 })
    .toArray();
  const inMidSend = await claim(store, { _id: first!._id, attempt: 1 });
  await steer.execute(notices, token, 'cancel', olga);
  await route.execute(received.slice(2));
  while (await cancel.execute());
  // Who was being sent to is told if it succeeds, and taken back if not.
  expect(await inMidSend.settle('pending')).toBe('superseded');
  expect(second).toBeDefined();
  const ended = await store.connection.collection('deliveries').find().sort({ account: 1 }).toArray();
  expect(ended.map(({ state, reason }) => [state, reason] as unknown[])).toEqual([
    ['superseded', 'taken-back'],
    ['superseded', 'taken-back'],
    ['suppressed', 'cancelled'],
  ]);
  expect(await read.one(notices, token)).toMatchObject({ state: 'cancelled' });
});
