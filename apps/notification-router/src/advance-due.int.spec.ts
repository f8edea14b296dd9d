import { dispatchModel } from '@signalbox/persistence';
import { anAccountSnapshot } from '@signalbox/testing';
import { AdvanceDue } from './advance-due.js';
import {
  anAccount,
  aRouter,
  claim,
  clock,
  deliveriesOf,
  dispatchOf,
  idOf,
  log,
  openStore,
  received,
  statesOf,
  type Store,
} from './real-store.spec.js';

const minuteMs = 60_000;

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.end());

const acme = (account: string, version: number) =>
  anAccountSnapshot({
    account,
    version,
    acknowledgeWithinMinutes: 15,
    contacts: {
      technicalEmergency: [{ email: 'page@acme.example' }],
      technicalNonEmergency: [{ email: 'dev@acme.example' }],
    },
  });

/** A router whose clock was this long ago when it routed, so that what it has decided is due by now. */
async function routedAgo(ms: number) {
  const { account } = await anAccount(store, acme);
  const one = received({ account });
  const then = { now: () => new Date(clock.now().getTime() - ms) };
  await aRouter(store, { clock: then }).route.execute([one]);
  return idOf(one);
}
const advanceDue = () => {
  const { advance, jobs } = aRouter(store);
  return { due: new AdvanceDue({ dispatches: store.dispatches, advance, log }), jobs, advance };
};

it('an emergency that no mail server took within a minute goes to the next step as well, once', async () => {
  const id = await routedAgo(minuteMs);
  const was = await dispatchOf(store, id);
  const { due, jobs } = advanceDue();
  await due.execute();
  await advanceDue().due.execute();

  const now = await dispatchOf(store, id);
  expect(now.rounds.slice(1)).toEqual([
    expect.objectContaining({ because: 'nobody-accepted-in-time', dueAt: was.dueAt }),
  ]);
  expect(await statesOf(store, id)).toEqual(['dev@acme.example: pending', 'page@acme.example: pending']);
  expect(jobs.deliveries()).toHaveLength(1);
  expect(now.dueAt?.getTime()).toBeGreaterThan(Date.now());
});

it('what is not due yet is left alone', async () => {
  const id = await routedAgo(minuteMs - 30_000);
  await advanceDue().due.execute();
  expect((await dispatchOf(store, id)).rounds).toHaveLength(1);
});

it('an accepted emergency stays open until it is acknowledged, and escalates when that does not come', async () => {
  const id = await routedAgo(15 * minuteMs);
  const [page] = await deliveriesOf(store, id);
  if (!page) throw new Error('nobody was told');
  await (await claim(store, page)).settle('sent');
  await advanceDue().due.execute();
  const now = await dispatchOf(store, id);
  expect(now).toMatchObject({ state: 'delivering', open: true });
  expect(now.rounds.map(({ because }) => because)).toEqual(['accepted', 'not-acknowledged']);
  expect(await statesOf(store, id)).toEqual(['dev@acme.example: pending', 'page@acme.example: sent']);
});

it('two routers at once add one round', async () => {
  const id = await routedAgo(minuteMs);
  await Promise.all([advanceDue().due.execute(), advanceDue().due.execute()]);
  expect((await dispatchOf(store, id)).rounds).toHaveLength(2);
  expect(await deliveriesOf(store, id)).toHaveLength(2);
});

it('one that cannot be advanced holds up no other', async () => {
  const broken = await routedAgo(2 * minuteMs);
  await dispatchModel(store.connection).updateOne(
    { _id: broken },
    { $set: { 'event.kind': 'no-such-kind' } },
  );
  const sound = await routedAgo(minuteMs);
  await advanceDue().due.execute();
  expect((await dispatchOf(store, sound)).rounds).toHaveLength(2);
});
