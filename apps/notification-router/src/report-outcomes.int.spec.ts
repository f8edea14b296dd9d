import type { DeliveryOutcome } from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import { anAccountSnapshot } from '@signalbox/testing';
import { ReportOutcomes, type ObservedDelivery, type ReportOutcomesParts } from './report-outcomes.js';
import {
  anAccount,
  aRouter,
  claim,
  deliveriesOf,
  dispatchOf,
  hash,
  idOf,
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

/** A topic that remembers what was published, and may be away. */
function aTopic() {
  const published: DeliveryOutcome[] = [];
  const topic = {
    published,
    isAway: false,
    publish(outcomes: readonly DeliveryOutcome[]): Promise<void> {
      if (topic.isAway) return Promise.reject(new Error('Kafka is away'));
      published.push(...outcomes);
      return Promise.resolve();
    },
  };
  return topic;
}
const reporter = (outcomes: ReportOutcomesParts['outcomes'], parts: Partial<ReportOutcomesParts> = {}) =>
  new ReportOutcomes({
    deliveries: store.deliveries,
    dispatches: store.dispatches,
    advance: aRouter(store).advance,
    outcomes,
    addressHealth: { publish: () => Promise.resolve() },
    hash,
    log,
    ...parts,
  });

async function routed(changes: Parameters<typeof received>[0] = {}) {
  const { account } = await anAccount(store, (id, version) =>
    anAccountSnapshot({ account: id, version, acknowledgeWithinMinutes: 0 }),
  );
  const one = received({ account, ...changes });
  await aRouter(store).route.execute([one]);
  const [delivery] = await deliveriesOf(store, idOf(one));
  if (!delivery) throw new Error('no delivery');
  return { id: idOf(one), one, delivery };
}

describe('an outcome', () => {
  it('is published once, without an address, and its dispatch is closed', async () => {
    const { id, one, delivery } = await routed();
    await (await claim(store, delivery)).settle('sent');
    const topic = aTopic();
    expect(await reporter(topic).execute()).toBe(false);
    expect(await reporter(topic).execute()).toBe(false);
    expect(topic.published).toMatchObject([
      {
        delivery: delivery._id,
        event: { source: one.event.source, id: one.event.id },
        account: one.event.account,
        kind: 'emergency',
        outcome: 'sent',
        attempts: 1,
      },
    ]);
    expect(JSON.stringify(topic.published)).not.toContain('@');
    expect(await dispatchOf(store, id)).toMatchObject({ state: 'delivered', open: false });
  });

  it('of a refused delivery tells the next step', async () => {
    const { id, delivery } = await routed();
    await (await claim(store, delivery)).settle('refused');
    const topic = aTopic();
    await reporter(topic).execute();
    expect(await statesOf(store, id)).toEqual([
      'dev@acme-tours.example: pending',
      'page@acme-tours.example: refused',
    ]);
    expect(topic.published).toMatchObject([{ outcome: 'refused', reason: 'refused-by-server' }]);
  });

  it('of a delivery born suppressed is published as well', async () => {
    const { id } = await routed({
      kind: 'production-incident',
      data: { environment: 'sandbox', title: 't' },
    });
    const topic = aTopic();
    await reporter(topic).execute();
    expect(topic.published).toMatchObject([{ outcome: 'suppressed', reason: 'alerts-are-production-only' }]);
    expect((await dispatchOf(store, id)).state).toBe('suppressed');
  });

  it('of a delivery that is still open is not', async () => {
    const { delivery } = await routed();
    await (await claim(store, delivery)).settle('pending');
    const topic = aTopic();
    await reporter(topic).execute();
    expect(topic.published).toEqual([]);
  });

  it('does not keep falling back waiting for Kafka, and is published when Kafka is there', async () => {
    const { id, delivery } = await routed();
    await (await claim(store, delivery)).settle('refused');
    const topic = aTopic();
    topic.isAway = true;
    await reporter(topic).execute();
    await reporter(topic).execute();
    expect(topic.published).toEqual([]);
    expect(await store.deliveries.unreported(10)).toEqual([]);
    expect(await statesOf(store, id)).toContain('dev@acme-tours.example: pending');
    topic.isAway = false;
    await reporter(topic).execute();
    await reporter(topic).execute();
    expect(topic.published).toHaveLength(1);
    expect((await dispatchOf(store, id)).rounds).toHaveLength(2);
  });

  it('is published again rather than not at all, when the process dies before the mark is taken away', async () => {
    const { delivery } = await routed();
    await (await claim(store, delivery)).settle('sent');
    const topic = aTopic();
    const markReported = () => Promise.reject(new Error('the process died'));
    const dying = reporter(topic, { deliveries: { ...store.deliveries, markReported } });
    await expect(dying.execute()).rejects.toThrow('the process died');
    await reporter(topic).execute();
    expect(topic.published.map((outcome) => outcome.delivery)).toEqual([delivery._id, delivery._id]);
  });

  it('is not held up by one whose dispatch cannot be advanced', async () => {
    const [stuck, free] = [await routed(), await routed()];
    for (const { delivery } of [stuck, free]) await (await claim(store, delivery)).settle('sent');
    const { advance } = aRouter(store);
    const failing = {
      execute: (ids: readonly string[]) =>
        ids.includes(stuck.id) ? Promise.reject(new Error('a defect')) : advance.execute(ids),
    };
    const topic = aTopic();
    await reporter(topic, { advance: failing }).execute();
    expect(topic.published.map(({ delivery }) => delivery)).toEqual([free.delivery._id]);
    expect((await store.deliveries.unreported(10)).map(({ _id }) => _id)).toEqual([stuck.delivery._id]);
  });

  it('keeps its mark when its dispatch could not be advanced', async () => {
    const { delivery } = await routed();
    await (await claim(store, delivery)).settle('sent');
    const topic = aTopic();
    const advance = { execute: () => Promise.reject(new Error('MongoDB is away')) };
    await reporter(topic, { advance }).execute();
    expect((await store.deliveries.unreported(10)).map(({ _id }) => _id)).toEqual([delivery._id]);
    expect(topic.published).toEqual([]);
  });

  it('is one of many: a full helping says that there may be more', async () => {
    const { delivery } = await routed();
    const ended = { ...delivery, state: 'sent', unreported: true, settledAt: new Date() } as const;
    await store.dispatches.insertDeliveries(
      Array.from({ length: 1_001 }, (_, index) => ({ ...ended, _id: `many-${index}` })),
    );
    const topic = aTopic();
    expect(await reporter(topic).execute()).toBe(true);
    expect(await reporter(topic).execute()).toBe(false);
    expect(new Set(topic.published.map((outcome) => outcome.delivery)).size).toBe(1_001);
  });
});

describe('what an ended delivery tells of its address', () => {
  /** Ends the first delivery of an event, and answers what was published of addresses. */
  async function observed(settle: (claimed: Awaited<ReturnType<typeof claim>>) => Promise<unknown>) {
    const { one, delivery } = await routed();
    await settle(await claim(store, delivery));
    const published: ObservedDelivery[] = [];
    await reporter(aTopic(), {
      addressHealth: { publish: (all) => Promise.resolve(void published.push(...all)) },
    }).execute();
    return { published, delivery, account: one.event.account };
  }

  it('is published by its hash alone: that it was accepted', async () => {
    const { published, delivery, account } = await observed((claimed) => claimed.settle('sent'));
    expect(published).toEqual([
      {
        delivery: delivery._id,
        health: {
          account,
          addressHash: hash(addressHashParts(delivery.address)),
          observed: 'accepted',
          permanent: false,
          at: expect.any(String) as string,
        },
      },
    ]);
    expect(JSON.stringify(published)).not.toContain('@');
  });

  it('is that it bounces, when the mail server refused the recipient', async () => {
    const { published } = await observed((claimed) =>
      claimed.settle('refused', { reason: 'recipient-refused' }),
    );
    expect(published).toMatchObject([{ health: { observed: 'bounced', permanent: true } }]);
  });

  it('is nothing, when the mail server refused the message', async () => {
    const { published } = await observed((claimed) =>
      claimed.settle('refused', { reason: 'message-refused' }),
    );
    expect(published).toEqual([]);
  });

  it('is nothing, when it went to nobody of the account', async () => {
    const { delivery } = await routed();
    const sent = { ...delivery, state: 'sent', unreported: true, settledAt: new Date() } as const;
    await store.dispatches.insertDeliveries(
      (['accountOwner', 'operators', 'technicalEmergency'] as const).map((step) => ({
        ...sent,
        _id: `to-${step}`,
        step,
      })),
    );
    const published: ObservedDelivery[] = [];
    await reporter(aTopic(), {
      addressHealth: { publish: (all) => Promise.resolve(void published.push(...all)) },
    }).execute();
    expect(published.map((each) => each.delivery)).toEqual(['to-technicalEmergency']);
  });

  it('goes out again, with the outcome, when Kafka was away', async () => {
    const { delivery } = await routed();
    await (await claim(store, delivery)).settle('sent');
    const topic = aTopic();
    let isAway = true;
    const published: ObservedDelivery[] = [];
    const report = reporter(topic, {
      addressHealth: {
        publish: (all) => {
          if (isAway) return Promise.reject(new Error('Kafka is away'));
          published.push(...all);
          return Promise.resolve();
        },
      },
    });
    await report.execute();
    expect(published).toEqual([]);
    isAway = false;
    await report.execute();
    expect(published.map((each) => each.delivery)).toEqual([delivery._id]);
    expect(await report.execute()).toBe(false);
    expect(published).toHaveLength(1);
  });
});
