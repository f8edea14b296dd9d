import { erasedAddress, erasedAddressParts, topicNames, type AccountSnapshot } from '@signalbox/contracts';
import { readDeadLetter } from '@signalbox/messaging';
import { byMailbox, createAddressEraser, deliveryModel } from '@signalbox/persistence';
import { anAccountSnapshot } from '@signalbox/testing';
import {
  anAccount,
  aRouter,
  claim,
  deliveriesOf,
  dispatchOf,
  hash,
  idOf,
  openStore,
  received,
  statesOf,
  type Store,
} from './real-store.spec.js';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.end());

const erased = 'Ana.Souza@acme.example';
const mask = erasedAddress(hash(erasedAddressParts(erased)));
const eraser = () => createAddressEraser(store.connection);

/** All pages, and what they changed together. */
async function maskAll() {
  const sums = { deliveries: 0, dispatches: 0, intakeExceptions: 0, mailings: 0, deadLetters: 0 };
  for (let after: string | null | undefined; after !== null;) {
    const { changed, next } = await eraser().mask(erased, mask, after ?? null);
    for (const store of Object.keys(sums) as (keyof typeof sums)[]) sums[store] += changed[store];
    after = next;
  }
  return sums;
}

const contacts =
  (...emails: string[]) =>
  (account: string, version: number): AccountSnapshot =>
    anAccountSnapshot({
      account,
      version,
      contacts: { technicalEmergency: emails.map((email) => ({ email })) },
    });

async function routed(...emails: string[]) {
  const { account, apply } = await anAccount(store, contacts(...emails));
  const one = received({
    account,
    data: {
      environment: 'production',
      title: `ask ana.souza@ACME.example`,
      details: { [erased]: 'is away' },
    },
  });
  const { route, advance } = aRouter(store);
  await route.execute([one]);
  return { id: idOf(one), account, apply, advance };
}
const find = async (id: string, address: string) => {
  const found = (await deliveriesOf(store, id)).find((each) => each.address === address);
  if (found === undefined) throw new Error('no such delivery');
  return found;
};
/** What stands in the store of this event; the contacts themselves are the registry's to change. */
const textOf = async (id: string) =>
  JSON.stringify([await dispatchOf(store, id), await deliveriesOf(store, id)]).toLowerCase();
async function bookDifference() {
  const { decided, byState } = await store.books.recipients(new Date().toISOString().slice(0, 10));
  return decided - Object.values(byState).reduce((sum, count) => sum + count, 0);
}

describe('an erased address', () => {
  it('is told of nothing any more, its event goes to the next, and nothing names it', async () => {
    const { id, account, apply, advance } = await routed('ana.souza@acme.example');
    expect(await textOf(id)).toContain('ana.souza');
    expect(await eraser().suppress(erased, 'erasure')).toBe(1);
    await advance.execute([id]);
    expect(await statesOf(store, id)).toEqual([
      'ana.souza@acme.example: suppressed',
      'dev@acme-tours.example: pending',
    ]);
    await apply(contacts()(account, 2));
    expect(await maskAll()).toMatchObject({ deliveries: 1, dispatches: 1 });
    expect(await textOf(id)).not.toContain('ana.souza');
    expect(await find(id, mask)).toMatchObject({ state: 'suppressed', reason: 'erased' });

    await advance.execute([id]);
    expect(await statesOf(store, id)).toEqual([`${mask}: suppressed`, 'dev@acme-tours.example: pending']);
    expect(await bookDifference()).toBe(0);
  });

  it('is in no identity of an event, whatever its sender put there', async () => {
    const named = received({
      account: erased,
      id: `of ${erased}`,
      source: `mailto:${encodeURIComponent(erased)}`,
    });
    const { route } = aRouter(store);
    await route.execute([named]);
    const id = idOf(named);
    expect((await deliveriesOf(store, id)).map(({ account }) => account)).toEqual([erased]);
    await maskAll();
    expect(await textOf(id)).not.toContain('ana.souza');

    // A batch of that moment stores its deliveries after its dispatch was masked.
    await deliveryModel(store.connection).updateMany({ dispatch: id }, { $set: { account: erased } });
    await maskAll();
    expect((await deliveriesOf(store, id)).map(({ account }) => account)).toEqual([mask]);
    expect(await bookDifference()).toBe(0);
  });

  it('is in no dead letter, whatever of it named them', async () => {
    const headers = { ce_subject: erased, 'sbx-reason': 'not-json', 'sbx-topic': 'signalbox.emergencies' };
    const text = `{"summary": "ask ${erased}"`;
    const values = [Buffer.from(text), Buffer.concat([Buffer.from([0xff]), Buffer.from(text)])];
    await store.letters.record(
      values.map((value, offset) =>
        readDeadLetter({
          ...{ topic: topicNames.deadLetters, partition: 0, offset, timestamp: new Date() },
          ...{ key: erased, value, headers },
        }),
      ),
    );
    expect((await maskAll()).deadLetters).toBe(2);
    const left = JSON.stringify(await store.letters.find(['0-0', '0-1']));
    expect(left.toLowerCase()).not.toContain('ana.souza');
    expect(left).toContain(mask);
  });

  it('done twice is done once', async () => {
    const { id } = await routed(erased, 'b@acme.example');
    for (const deliveries of [1, 0]) {
      await eraser().suppress(erased, 'erasure');
      expect((await maskAll()).deliveries).toBe(deliveries);
    }
    expect((await find(id, mask)).transitions).toHaveLength(2);
    expect((await dispatchOf(store, id)).revision).toBe(2);
  });

  it.each([
    ['sent', 'sent'],
    ['pending', 'suppressed'],
    ['refused', 'suppressed'],
  ] as const)('that is being written to ends, when that is %s, %s', async (outcome, state) => {
    const { id, advance } = await routed(erased);
    const attempt = await claim(store, await find(id, erased));
    expect(await eraser().suppress(erased, 'erasure')).toBe(0);
    await maskAll();
    expect(await attempt.settle(outcome)).toBe(state);
    await advance.execute([id]);
    expect(await find(id, mask)).toMatchObject({ state });
    expect(await textOf(id)).not.toContain('ana.souza');
    expect(await bookDifference()).toBe(0);
  });

  it('given again while an event is open is not told of it twice, and the books balance', async () => {
    const { id, account, apply, advance } = await routed(erased, 'b@acme.example');
    await eraser().suppress(erased, 'erasure');
    await apply(contacts('b@acme.example')(account, 2));
    await maskAll();
    await apply(contacts('b@acme.example', erased)(account, 3));
    await advance.execute([id]);
    expect(await statesOf(store, id)).toEqual([`${mask}: suppressed`, 'b@acme.example: pending'].sort());
    expect(await bookDifference()).toBe(0);
  });

  it('that a crash left to be told is born suppressed', async () => {
    const { id, advance } = await routed(erased);
    await deliveryModel(store.connection).deleteMany({ dispatch: id });
    await maskAll();
    const dispatch = await dispatchOf(store, id);
    const insert = dispatch.rounds.flatMap(({ recipients }) => recipients.map(({ delivery }) => delivery));
    await advance.finish([{ ...dispatch, toApply: { insert, withdraw: [] } }]);
    expect(await find(id, mask)).toMatchObject({ state: 'suppressed', reason: 'erased', unreported: true });
  });

  it('is found by an index, however it is written', async () => {
    const plan = await deliveryModel(store.connection)
      .find({ address: erased.toUpperCase() })
      .collation(byMailbox)
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('IXSCAN');
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  });
});
