import type { Ledger } from '@signalbox/contracts';
import { anAccountSnapshot } from '@signalbox/testing';
import { KeepBooks, type PartitionOffsets } from './keep-books.js';
import {
  anAccount,
  aRouter,
  claim,
  clock,
  deliveriesOf,
  idOf,
  openStore,
  received,
  type Store,
} from './real-store.spec.js';

// The books are of the whole database, so each spec has its own.
let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.end());

const partition = (changes: Partial<PartitionOffsets> = {}): PartitionOffsets => ({
  topic: 'signalbox.emergencies',
  partition: 0,
  first: 100,
  end: 110,
  committed: 105,
  ...changes,
});
const booksOf = (...partitions: PartitionOffsets[]): Promise<Ledger> =>
  new KeepBooks({
    offsets: { read: () => Promise.resolve(partitions) },
    books: store.books,
    clock,
  }).execute();

/** Offsets 100 to 104 of one partition: three events, one of them repeated, and a dead letter. */
async function routed() {
  const { account } = await anAccount(store, (id, version) =>
    anAccountSnapshot({
      account: id,
      version,
      contacts: { technicalEmergency: [{ email: 'a@acme.example' }, { email: 'b@acme.example' }] },
    }),
  );
  const batch = [100, 101, 102].map((offset) => received({ account }, offset));
  const [first, second, third] = batch;
  if (!first || !second || !third) throw new Error('no batch');
  await aRouter(store).route.execute([...batch, received({ ...first.event }, 103)]);
  const origin = { topic: 'signalbox.emergencies', partition: 0, offset: 104 };
  await store.exceptions.record([
    { _id: 'signalbox.emergencies:0:104', origin, what: 'dead-letter', reason: 'not-json', at: new Date() },
  ]);
  return { first, second, third };
}
const collection = (name: string) => store.connection.collection<{ _id: string }>(name);

describe('the books', () => {
  it('balance: every record read is a dispatch or an exception, every recipient a delivery', async () => {
    const { first } = await routed();
    const [delivery] = await deliveriesOf(store, idOf(first));
    if (delivery) await (await claim(store, delivery)).settle('sent');
    expect(await booksOf(partition())).toMatchObject({
      difference: 0,
      accepted: 10,
      waiting: 5,
      events: {
        difference: 0,
        decided: 3,
        exceptions: 2,
        partitions: [{ first: 100, committed: 105, dispatches: 3, exceptions: 2, difference: 0 }],
      },
      recipients: { difference: 0, decided: 6, byState: { pending: 5, sent: 1, refused: 0 } },
    });
  });

  it('balance while a batch is stored and not committed yet', async () => {
    await routed();
    expect(await booksOf(partition({ committed: 100 }))).toMatchObject({ difference: 0, waiting: 10 });
    expect(await booksOf(partition({ committed: 102 }))).toMatchObject({ difference: 0 });
  });

  it('balance when Kafka has let go of the oldest records', async () => {
    await routed();
    expect(await booksOf(partition({ first: 103 }))).toMatchObject({ difference: 0 });
  });

  it('differ when an offset was skipped', async () => {
    await routed();
    const ledger = await booksOf(partition({ committed: 106 }));
    expect(ledger.difference).toBe(1);
    expect(ledger.events.partitions).toMatchObject([{ difference: 1 }]);
  });

  it('differ when a dispatch is taken away by hand', async () => {
    const { second } = await routed();
    await collection('dispatches').deleteOne({ _id: idOf(second) });
    const ledger = await booksOf(partition());
    expect(ledger.events.difference).toBe(1);
    expect(ledger.recipients.difference).toBe(-2);
    expect(ledger.difference).toBe(3);
  });

  it('differ when a delivery is taken away by hand', async () => {
    const { third } = await routed();
    const [delivery] = await deliveriesOf(store, idOf(third));
    await collection('deliveries').deleteOne({ _id: delivery?._id ?? '' });
    expect(await booksOf(partition())).toMatchObject({ difference: 1, recipients: { difference: 1 } });
  });

  it('differ when an exception is taken away by hand', async () => {
    await routed();
    await collection('intakeExceptions').deleteOne({ _id: 'signalbox.emergencies:0:104' });
    expect(await booksOf(partition())).toMatchObject({ difference: 1 });
  });

  it('do not let one partition’s surplus hide another’s loss', async () => {
    const { first } = await routed();
    const { event } = first;
    // A second exception for a record that is a dispatch, and a record of partition 1 that is nothing.
    const origin = { ...first.origin };
    await store.exceptions.record([
      {
        _id: 'surplus',
        origin,
        what: 'duplicate',
        reason: 'same-content',
        dispatch: event.id,
        at: new Date(),
      },
    ]);
    const ledger = await booksOf(partition(), partition({ partition: 1, first: 0, committed: 1, end: 1 }));
    expect(ledger.difference).toBe(2);
  });

  it('count the recipients of earlier days as long as one of their events is open', async () => {
    const { account } = await anAccount(store, (id, version) => anAccountSnapshot({ account: id, version }));
    const yesterday = { now: () => new Date(Date.now() - 24 * 3_600_000) };
    const one = received({ account }, 100);
    await aRouter(store, { clock: yesterday }).route.execute([one]);
    expect((await booksOf()).recipients).toMatchObject({ decided: 1, difference: 0 });
    const [delivery] = await deliveriesOf(store, idOf(one));
    await collection('deliveries').deleteOne({ _id: delivery?._id ?? '' });
    expect((await booksOf()).recipients).toMatchObject({ decided: 1, difference: 1 });
  });
});
