import { createDeliveryClaims, dispatchModel } from '@signalbox/persistence';
import { anAccountSnapshot, eventually } from '@signalbox/testing';
import { OfferJobs } from './offer-jobs.js';
import { Sweep, type SweepParts } from './sweep.js';
import {
  anAccount,
  aRouter,
  claim,
  deliveriesOf,
  dispatchOf,
  idOf,
  JobsInMemory,
  log,
  openStore,
  received,
  statesOf,
  type Store,
} from './real-store.spec.js';

// A pass looks at the whole database, so each spec has its own.
let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.end());

/** A Redis that remembers until it is told to forget. */
class MarkerInMemory {
  isThere = true;
  isPresent = () => Promise.resolve(this.isThere);
  set = () => {
    this.isThere = true;
    return Promise.resolve();
  };
}

function aSweep(parts: Partial<SweepParts> = {}) {
  const jobs = new JobsInMemory();
  const marker = new MarkerInMemory();
  const sweep = new Sweep({
    deliveries: store.deliveries,
    dispatches: store.dispatches,
    advance: aRouter(store).advance,
    jobs,
    leftBehind: new OfferJobs(jobs, log),
    marker,
    log,
    ...parts,
  });
  return { sweep, jobs, marker };
}

const secondsAgo = (seconds: number) => ({ now: () => new Date(Date.now() - seconds * 1_000) });
const told = (account: string, version: number) => anAccountSnapshot({ account, version });

/** An emergency that was decided so long ago, its delivery due since then and its job lost. */
async function routed(seconds: number) {
  const { account, apply } = await anAccount(store, told);
  const one = received({ account });
  await aRouter(store, { clock: secondsAgo(seconds) }).route.execute([one]);
  const [delivery] = await deliveriesOf(store, idOf(one));
  if (!delivery) throw new Error('no delivery');
  return { id: idOf(one), account, apply, delivery };
}

describe('a pass over deliveries', () => {
  it('adds the job of what is due for over a minute, once, and leaves alone what is not', async () => {
    const overdue = await routed(90);
    await routed(30);
    const { sweep, jobs } = aSweep();
    await sweep.execute();
    expect([...jobs.known.values()]).toMatchObject([
      { delivery: overdue.delivery._id, attempt: 1, lane: 'emergency' },
    ]);

    const second = aSweep();
    await second.sweep.execute();
    expect(second.jobs.deliveries()).toEqual([]);
  });

  it('adds nothing for what is final', async () => {
    const { delivery } = await routed(90);
    await (await claim(store, delivery)).settle('sent');
    const { sweep, jobs } = aSweep();
    await sweep.execute();
    expect(jobs.deliveries()).toEqual([]);
  });

  it('adds the same attempt again for a claim that ran out, and nothing for one that holds', async () => {
    const [dead, alive] = [await routed(90), await routed(90)];
    await claim(store, alive.delivery);
    const dying = createDeliveryClaims(store.connection, { by: 'dying', leaseMs: 1 });
    await dying.claimMany([{ delivery: dead.delivery._id, attempt: 1, token: 'dead' }]);
    await eventually(
      async () => {
        const { sweep, jobs } = aSweep();
        await sweep.execute();
        return (
          jobs.deliveries().includes(dead.delivery._id) && !jobs.deliveries().includes(alive.delivery._id)
        );
      },
      { what: 'the abandoned delivery being added' },
    );
  });

  it('adds what was stamped again a minute later: a job may be lost twice', async () => {
    const { delivery } = await routed(200);
    await aSweep().sweep.execute();
    const later = {
      ...store.deliveries,
      now: async () => new Date((await store.deliveries.now()).getTime() + 61_000),
    };
    const { sweep, jobs } = aSweep({ deliveries: later });
    await sweep.execute();
    expect(jobs.deliveries()).toEqual([delivery._id]);
  });
});

describe('a pass after Redis has lost its memory', () => {
  it('adds everything that is due at once, also beyond one helping, and only then sets the marker', async () => {
    const { delivery } = await routed(1);
    const many = Array.from({ length: 5_100 }, (_, index) => ({ ...delivery, _id: `many-${index}` }));
    await store.dispatches.insertDeliveries(many);
    const { sweep, jobs, marker } = aSweep();
    marker.isThere = false;
    await sweep.execute();
    expect(new Set(jobs.deliveries()).size).toBe(5_101);
    expect(marker.isThere).toBe(true);
  });

  it('does so again when the adding failed', async () => {
    const { delivery } = await routed(1);
    const { sweep, jobs, marker } = aSweep();
    marker.isThere = false;
    jobs.isAway = true;
    await expect(sweep.execute()).rejects.toThrow('Redis is away');
    expect(marker.isThere).toBe(false);
    jobs.isAway = false;
    await sweep.execute();
    expect(jobs.deliveries()).toEqual([delivery._id]);
    expect(marker.isThere).toBe(true);
  });

  it('does not add what waits for its time', async () => {
    const { delivery } = await routed(1);
    await store.connection
      .collection<{ _id: string }>('deliveries')
      .updateOne({ _id: delivery._id }, { $set: { nextAttemptAt: new Date(Date.now() + 60_000) } });
    const { sweep, jobs, marker } = aSweep();
    marker.isThere = false;
    await sweep.execute();
    expect(jobs.deliveries()).toEqual([]);
  });
});

it('what this process could not queue is added at once when Redis is back', async () => {
  const { delivery } = await routed(1);
  const away = new JobsInMemory();
  away.isAway = true;
  const leftBehind = new OfferJobs(away, log);
  await leftBehind.offer([{ delivery: delivery._id, attempt: 1, lane: delivery.lane }]);
  const { sweep, jobs } = aSweep({ leftBehind });
  await sweep.execute();
  expect(jobs.deliveries()).toEqual([delivery._id]);
  expect(leftBehind.hasLeftBehind()).toBe(false);
});

describe('a pass over dispatches', () => {
  it('finishes a change that a crash left half done', async () => {
    const { id, account, apply } = await routed(30);
    await apply(
      anAccountSnapshot({
        account,
        version: 2,
        contacts: { technicalEmergency: [{ email: 'new@acme.example' }] },
      }),
    );
    const die = (): never => {
      throw new Error('the process died');
    };
    const dying = aRouter(store, {
      toAdvance: { dispatches: { ...store.dispatches, insertDeliveries: die } },
    });
    await expect(dying.advance.execute([id])).rejects.toThrow('the process died');
    expect(await statesOf(store, id)).toEqual(['page@acme-tours.example: pending']);

    await aSweep().sweep.execute();
    expect(await statesOf(store, id)).toEqual([
      'new@acme.example: pending',
      'page@acme-tours.example: superseded',
    ]);
    expect((await dispatchOf(store, id)).toApply).toBeNull();
  });

  it('follows contacts that were applied and not followed', async () => {
    const { id, account, apply } = await routed(1);
    await apply(
      anAccountSnapshot({
        account,
        version: 2,
        contacts: { technicalEmergency: [{ email: 'new@acme.example' }] },
      }),
    );
    await aSweep().sweep.execute();
    expect(await statesOf(store, id)).toEqual([
      'new@acme.example: pending',
      'page@acme-tours.example: superseded',
    ]);
  });

  it('holds up neither mails that are due nor other dispatches for one that cannot be decided about', async () => {
    const broken = await routed(90);
    const sound = await routed(90);
    await dispatchModel(store.connection).updateOne(
      { _id: broken.id },
      { $set: { 'event.kind': 'no-such' } },
    );
    const elsewhere = { technicalEmergency: [{ email: 'new@acme.example' }] };
    for (const { account, apply } of [broken, sound]) {
      await apply(anAccountSnapshot({ account, version: 2, contacts: elsewhere }));
    }
    const { sweep, jobs } = aSweep();
    await sweep.execute();
    expect(await statesOf(store, sound.id)).toContain('new@acme.example: pending');
    expect(jobs.deliveries()).toContain(broken.delivery._id);
  });

  it('is done although Redis is away', async () => {
    const { id, account, apply } = await routed(1);
    await apply(
      anAccountSnapshot({
        account,
        version: 2,
        contacts: { technicalEmergency: [{ email: 'new@acme.example' }] },
      }),
    );
    const isPresent = () => Promise.reject(new Error('Redis is away'));
    const { sweep } = aSweep({ marker: { isPresent, set: () => Promise.resolve() } });
    await expect(sweep.execute()).rejects.toThrow('Redis is away');
    expect(await statesOf(store, id)).toContain('page@acme-tours.example: superseded');
  });
});
