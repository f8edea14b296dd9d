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
  expect(await store.dispatches.due(10)).toEqual([]);
});

it('an all-clear ends the waiting for an acknowledgement, of its own account alone', async () => {
  const { account } = await anAccount(store, acme);
  const firing = received({ account });
  const another = received({ account: (await anAccount(store, acme)).account });
  const { route } = aRouter(store);
  await route.execute([firing, another]);
  for (const one of [firing, another]) {
    const [page] = await deliveriesOf(store, idOf(one));
    if (page) await (await claim(store, page)).settle('sent');
    await aRouter(store).advance.execute([idOf(one)]);
    expect(await dispatchOf(store, idOf(one))).toMatchObject({ open: true });
  }
  const over = ({ event: { source, id } }: typeof firing) =>
    received({ account, data: { environment: 'production', title: 'Over', resolves: { source, id } } });
  await route.execute([over(firing), over(another)]);
  expect(await dispatchOf(store, idOf(firing))).toMatchObject({
    open: false,
    dueAt: null,
    state: 'delivered',
  });
  expect(await dispatchOf(store, idOf(another))).toMatchObject({ open: true, resolvedAt: null });
});

it('an all-clear of an emergency that cannot be decided about now is routed, and its due time ends the waiting', async () => {
  const firedAgo = await routedAgo(14 * minuteMs);
  const [page] = await deliveriesOf(store, firedAgo);
  if (page) await (await claim(store, page)).settle('sent');
  await aRouter(store).advance.execute([firedAgo]);
  const { event } = await dispatchOf(store, firedAgo);
  const { account, source, id } = event;
  const over = received({
    account,
    data: { environment: 'production', title: 'Over', resolves: { source, id } },
  });
  const cannot = { execute: () => Promise.reject(new Error('cannot be decided about')) };
  await aRouter(store, { advance: cannot }).route.execute([over]);
  expect(await dispatchOf(store, idOf(over))).toMatchObject({ state: 'delivering' });
  await dispatchModel(store.connection).updateOne({ _id: firedAgo }, { $set: { dueAt: new Date() } });
  await advanceDue().due.execute();
  const told = await dispatchOf(store, firedAgo);
  expect(told).toMatchObject({ open: false, state: 'delivered' });
  expect(told.rounds.flatMap(({ recipients }) => recipients)).toHaveLength(1);
});

it('a dispatch of before there were due times goes on along its chain, and gets one', async () => {
  const id = await routedAgo(minuteMs);
  const unset = { dueAt: 1, acknowledgement: 1, resolvedAt: 1 };
  await dispatchModel(store.connection).updateOne({ _id: id }, { $unset: unset });
  await store.dispatches.makeDue();
  await advanceDue().due.execute();
  const now = await dispatchOf(store, id);
  expect(now.rounds).toHaveLength(2);
  expect(now.dueAt?.getTime()).toBeGreaterThan(Date.now());
});
