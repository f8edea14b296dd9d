import type { Connection } from 'mongoose';
import type { DispatchChange, Delivery, Dispatch } from '@signalbox/contracts';
import { aDelivery, aDispatch, anAccountSnapshot, anEvent, newId } from '@signalbox/testing';
import { createContactViews } from './contact-views.js';
import type { SettleRequest } from './claims.js';
import { createDeliveryClaims } from './delivery-claims.js';
import { createDispatchStore } from './dispatch-store.js';
import { deliveryModel, dispatchModel } from './models.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;
beforeAll(async () => ({ connection, end } = await openDatabase()));
afterAll(() => end());

const store = () => createDispatchStore(connection);
const worker = (by = 'worker') => createDeliveryClaims(connection, { by });
const by = 'router';

async function dispatchOf(id: string): Promise<Dispatch> {
  const found = (await store().findMany([id])).get(id);
  if (!found) throw new Error(`no dispatch ${id}`);
  return found;
}
async function deliveryOf(id: string): Promise<Delivery> {
  const found = await deliveryModel(connection).findById(id).lean<Delivery>();
  if (!found) throw new Error(`no delivery ${id}`);
  return found;
}
async function inserted(changes: Partial<Dispatch> = {}): Promise<Dispatch> {
  const dispatch = aDispatch(changes);
  await store().insertDispatches([dispatch]);
  return dispatch;
}
async function insertedDelivery(changes: Partial<Delivery> = {}): Promise<Delivery> {
  const delivery = aDelivery(changes);
  await store().insertDeliveries([delivery]);
  return delivery;
}
function aChange(changes: Partial<DispatchChange> = {}): DispatchChange {
  return {
    contactVersion: 4,
    accountName: 'Acme',
    passedOver: [],
    notes: [],
    rounds: [],
    state: 'delivering',
    open: true,
    dueAt: null,
    toApply: { insert: [newId()], withdraw: [] },
    ...changes,
  };
}

describe('a change of a dispatch', () => {
  it('is written with the next revision when the revision has not moved', async () => {
    const { _id } = await inserted();
    const change = aChange();
    expect([...(await store().change([{ id: _id, revision: 1, change }]))]).toEqual([_id]);
    expect(await dispatchOf(_id)).toMatchObject({ ...change, revision: 2 });
  });

  it('is not written when the revision has moved, and says so, the others of the batch notwithstanding', async () => {
    const [moved, still] = [await inserted({ revision: 5 }), await inserted({ revision: 5 })];
    const changed = await store().change([
      { id: moved._id, revision: 4, change: aChange() },
      { id: still._id, revision: 5, change: aChange() },
      { id: newId(), revision: 1, change: aChange() },
    ]);
    expect([...changed]).toEqual([still._id]);
    expect(await dispatchOf(moved._id)).toEqual(moved);
  });

  it('is won by one of many that write different changes over the same revision', async () => {
    const { _id } = await inserted();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store().change([{ id: _id, revision: 1, change: aChange({ contactVersion: 100 + index }) }]),
      ),
    );
    const winners = answers.flatMap((changed, index) => (changed.has(_id) ? [100 + index] : []));
    const found = await dispatchOf(_id);
    expect(winners).toEqual([found.contactVersion]);
    expect(found.revision).toBe(2);
  });

  it('leaves a note that only the finisher of the same revision clears', async () => {
    const { _id } = await inserted();
    await store().change([{ id: _id, revision: 1, change: aChange() }]);
    await store().clearNote([{ id: _id, revision: 1 }]);
    expect((await dispatchOf(_id)).toApply).not.toBeNull();
    await store().clearNote([{ id: _id, revision: 2 }]);
    expect((await dispatchOf(_id)).toApply).toBeNull();
  });
});

describe('notes left behind', () => {
  it('are found when they are old enough, oldest dispatch first, and not when there is none', async () => {
    const note = { insert: ['x'], withdraw: [] };
    const [old, older, fresh, done] = await Promise.all([
      inserted({ decidedAt: new Date('2020-01-02'), toApply: note }),
      inserted({ decidedAt: new Date('2020-01-01'), toApply: note }),
      inserted({ decidedAt: new Date(), toApply: note }),
      inserted({ decidedAt: new Date('2020-01-01'), toApply: null }),
    ]);
    const found = (await store().notesLeftBehind(new Date('2021-01-01'), 10)).map(({ _id }) => _id);
    expect(found).toEqual([older._id, old._id]);
    expect(found).not.toContain(fresh._id);
    expect(found).not.toContain(done._id);
    expect(await store().notesLeftBehind(new Date('2021-01-01'), 1)).toHaveLength(1);
  });
});

describe('dispatches behind the contacts', () => {
  it('are the open ones of the account with an older version or none', async () => {
    const account = newId();
    const of = (changes: Partial<Dispatch>) => inserted({ event: anEvent({ account }), ...changes });
    const behind = await of({ contactVersion: 3 });
    const unknown = await of({ contactVersion: null });
    await of({ contactVersion: 4 });
    await of({ contactVersion: 3, open: false, state: 'delivered' });
    await inserted({ event: anEvent({ account: newId() }), contactVersion: 1 });
    expect((await store().openBehind([{ account, version: 4 }])).sort()).toEqual(
      [behind._id, unknown._id].sort(),
    );
    expect(await store().openBehind([])).toEqual([]);
  });

  it('are found by the views alone, each account by its own version', async () => {
    const [account, other] = [newId(), newId()];
    await createContactViews(connection).applyUpwards([
      anAccountSnapshot({ account, version: 7 }),
      anAccountSnapshot({ account: other, version: 2 }),
    ]);
    const behind = await inserted({ event: anEvent({ account }), contactVersion: 6 });
    const unknown = await inserted({ event: anEvent({ account }), contactVersion: null });
    const current = await inserted({ event: anEvent({ account }), contactVersion: 7 });
    const ofOther = await inserted({ event: anEvent({ account: other }), contactVersion: 3 });
    const closed = await inserted({ event: anEvent({ account }), contactVersion: 1, open: false });
    const found = await store().openBehindViews(1_000);
    expect(found).toEqual(expect.arrayContaining([behind._id, unknown._id]));
    for (const { _id } of [current, ofOther, closed]) expect(found).not.toContain(_id);
  });
});

describe('a delivery that exists', () => {
  it('stays as it is when it is inserted again', async () => {
    const delivery = await insertedDelivery();
    const [claimed] = await worker().claimMany([{ delivery: delivery._id, attempt: 1, token: newId() }]);
    expect(claimed).toHaveProperty('won');
    await store().insertDeliveries([delivery]);
    expect((await deliveryOf(delivery._id)).state).toBe('sending');
  });
});

describe('taking a delivery back', () => {
  it('ends a pending one at once, unreported, with the reason in its history', async () => {
    const { _id } = await insertedDelivery();
    await store().withdraw([_id], { contactVersion: 9, reason: 'contact-left' }, by);
    const delivery = await deliveryOf(_id);
    expect(delivery).toMatchObject({
      state: 'superseded',
      reason: 'contact-left',
      nextAttemptAt: null,
      unreported: true,
      followVersion: 9,
    });
    expect(delivery.settledAt).toBeInstanceOf(Date);
    expect(delivery.transitions).toEqual([
      { at: expect.any(Date) as Date, to: 'superseded', attempt: 1, by, reason: 'contact-left' },
    ]);
  });

  it('done twice is done once', async () => {
    const { _id } = await insertedDelivery();
    await store().withdraw([_id], { contactVersion: 9, reason: 'contact-left' }, by);
    const once = await deliveryOf(_id);
    await store().withdraw([_id], { contactVersion: 10, reason: 'contact-left' }, by);
    expect(await deliveryOf(_id)).toEqual(once);
  });

  it.each(['sent', 'refused', 'expired', 'superseded', 'suppressed'] as const)(
    'leaves a %s one as it is: final is final',
    async (state) => {
      const delivery = await insertedDelivery({ state, nextAttemptAt: null });
      await store().withdraw([delivery._id], { contactVersion: 9, reason: 'contact-left' }, by);
      expect(await deliveryOf(delivery._id)).toEqual(delivery);
    },
  );

  it.each([
    ['sent', 'sent', { to: 'sent' }],
    ['superseded', 'refused', { to: 'refused', reason: 'r' }],
    ['superseded', 'put off', { to: 'pending', reason: 'r', retryInMs: 0 }],
  ] as const)('marks one in mid-send, which ends %s when it is %s', async (state, _how, outcome) => {
    const { _id } = await insertedDelivery();
    const token = newId();
    await worker().claimMany([{ delivery: _id, attempt: 1, token }]);
    await store().withdraw([_id], { contactVersion: 9, reason: 'contact-left' }, by);
    expect(await deliveryOf(_id)).toMatchObject({ state: 'sending', followVersion: 9 });
    await worker().settleMany([{ delivery: _id, token, ...outcome } satisfies SettleRequest]);
    expect((await deliveryOf(_id)).state).toBe(state);
  });

  it('for an account that nobody knows marks one in mid-send as well', async () => {
    const { _id } = await insertedDelivery();
    const token = newId();
    await worker().claimMany([{ delivery: _id, attempt: 1, token }]);
    await store().withdraw([_id], { contactVersion: null, reason: 'contact-left' }, by);
    await worker().settleMany([{ delivery: _id, token, to: 'pending', reason: 'r', retryInMs: 0 }]);
    expect((await deliveryOf(_id)).state).toBe('superseded');
  });

  it('ends all while workers claim, give back and claim again: none is open or tried again afterwards', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, async () => (await insertedDelivery())._id));
    // Each worker claims and gives back at once, as if every server put every mail off.
    const work = async (delivery: string) => {
      for (let attempt = 1; attempt <= 6; attempt++) {
        const token = newId();
        const [answer] = await worker().claimMany([{ delivery, attempt, token }]);
        if (answer === undefined || !('won' in answer)) return;
        await worker().settleMany([{ delivery, token, to: 'pending', reason: 'r', retryInMs: 0 }]);
      }
    };
    await Promise.all([
      ...ids.map(work),
      store().withdraw(ids, { contactVersion: 9, reason: 'contact-left' }, by),
    ]);
    for (const id of ids) {
      const { state, transitions } = await deliveryOf(id);
      // One whose worker stopped before the mark came is pending no more either: the same call ends it.
      expect(state).toBe('superseded');
      expect(transitions.filter(({ to }) => to === 'superseded')).toHaveLength(1);
    }
  });

  it('ends one that was given back between its two steps', async () => {
    const { _id } = await insertedDelivery();
    const token = newId();
    await worker().claimMany([{ delivery: _id, attempt: 1, token }]);
    // The first step alone, as if the process stood still after it.
    await deliveryModel(connection).updateOne({ _id }, { $set: { followVersion: 9 } });
    await worker().settleMany([{ delivery: _id, token, to: 'pending', reason: 'r', retryInMs: 0 }]);
    expect(await deliveryOf(_id)).toMatchObject({ state: 'superseded', attempt: 1, unreported: true });
    expect(await worker().claimMany([{ delivery: _id, attempt: 2, token: newId() }])).toEqual([
      { gone: true },
    ]);
  });

  it('ends a pending one that carries the mark when somebody claims it first', async () => {
    const { _id } = await insertedDelivery({ followVersion: 9 });
    const [answer] = await worker().claimMany([{ delivery: _id, attempt: 1, token: newId() }]);
    expect(answer).toMatchObject({ ended: { state: 'superseded' } });
  });

  it('of nobody does nothing', async () => {
    await expect(
      store().withdraw([], { contactVersion: 9, reason: 'contact-left' }, by),
    ).resolves.toBeUndefined();
    expect(await dispatchModel(connection).countDocuments({ _id: newId() })).toBe(0);
  });
});
