import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Delivery } from '@signalbox/contracts';
import { aDelivery, eventually } from '@signalbox/testing';
import { connectMongo } from './connect-mongo.js';
import type { DeliveryClaimsOptions } from './claims.js';
import { createDeliveryClaims } from './delivery-claims.js';
import { createDispatchStore } from './dispatch-store.js';
import { createDispatchIndexes, deliveryModel } from './models.js';

const minuteMs = 60_000;
let connection: Connection;

beforeAll(async () => {
  connection = await connectMongo({
    url: process.env.MONGO_URL ?? '',
    database: `claims_${randomUUID().slice(0, 8)}`,
  });
  await createDispatchIndexes(connection);
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** A worker's side of the store, as one process has it. */
const worker = (by: string, options: Partial<DeliveryClaimsOptions> = {}) =>
  createDeliveryClaims(connection, { by, ...options });

async function insertDelivery(changes: Partial<Delivery> = {}): Promise<Delivery> {
  const delivery = aDelivery(changes);
  await createDispatchStore(connection).insertDeliveries([delivery]);
  return delivery;
}

async function stored(id: string): Promise<Delivery> {
  const found = await deliveryModel(connection).findById(id).lean<Delivery>();
  if (found === null) throw new Error(`no delivery ${id}`);
  return found;
}

/** Claims by a token of that name and answers what became of it. */
async function claimOne(claims: ReturnType<typeof worker>, delivery: string, token: string, attempt = 1) {
  const [answer] = await claims.claimMany([{ delivery, attempt, token }]);
  if (answer === undefined) throw new Error('no answer to a claim');
  return answer;
}

describe('a claim', () => {
  it('is won by one of many workers and told to the others as held', async () => {
    const { _id } = await insertDelivery();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => claimOne(worker(`w${index}`), _id, `race-${index}`)),
    );
    expect(answers.filter((answer) => 'won' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'heldUntil' in answer)).toHaveLength(19);
    const { transitions } = await stored(_id);
    expect(transitions.map(({ to }) => to)).toEqual(['sending']);
  });

  it('answers many jobs at once, each with what became of its own, the same delivery twice included', async () => {
    const due = await insertDelivery();
    const early = await insertDelivery({ nextAttemptAt: new Date(Date.now() + minuteMs) });
    const ended = await insertDelivery({ state: 'sent', nextAttemptAt: null });
    const laterAttempt = await insertDelivery({ attempt: 2 });
    const requests = [due, due, early, ended, laterAttempt].map(({ _id }, index) => ({
      delivery: _id,
      attempt: 1,
      token: `many-${index}-${_id}`,
    }));
    const answers = await worker('w').claimMany([
      ...requests,
      { delivery: 'unknown', attempt: 1, token: 't' },
    ]);
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
      'won',
      'heldUntil',
      'notDue',
      'gone',
      'gone',
      'gone',
    ]);
    expect(answers[0]).toMatchObject({ won: { _id: due._id, address: due.address, state: 'sending' } });
    expect(answers[2]).toEqual({ notDue: expect.any(Date) as Date });
  });

  it('that is live is not taken over; one that ran out is, and the history says that the first may have sent', async () => {
    const { _id } = await insertDelivery();
    const first = worker('first', { leaseMs: 300 });
    const second = worker('second');
    expect(await claimOne(first, _id, 'first')).toHaveProperty('won');
    expect(await claimOne(second, _id, 'second')).toHaveProperty('heldUntil');

    await eventually(async () => 'won' in (await claimOne(second, _id, 'second')));
    const delivery = await stored(_id);
    expect(delivery).toMatchObject({ blanks: 1, ambiguous: true, claim: { token: 'second', by: 'second' } });
    expect(delivery.transitions).toEqual([
      { at: expect.any(Date) as Date, to: 'sending', attempt: 1, by: 'first' },
      {
        at: expect.any(Date) as Date,
        to: 'sending',
        attempt: 1,
        by: 'second',
        reason: 'claim-ran-out',
        ambiguous: true,
      },
    ]);
    expect(await first.stillHeld(['first', 'second'])).toEqual(new Set(['second']));
  });

  it('that is renewed outlives its lease, and only the renewal of a claim that still holds is answered', async () => {
    const { _id } = await insertDelivery();
    const lost = await insertDelivery();
    const claims = worker('w', { leaseMs: 400 });
    await claimOne(claims, _id, 'kept');
    await claimOne(claims, lost._id, 'lost');
    await eventually(async () => 'won' in (await claimOne(worker('other'), lost._id, 'taken')));
    expect(await claims.renew(['kept', 'lost'])).toEqual(new Set(['kept']));
    expect(await claims.stillHeld(['kept', 'lost'])).toEqual(new Set(['kept']));
    expect(await claimOne(worker('other'), _id, 'too-late')).toHaveProperty('heldUntil');
  });

  it('ends a delivery that nobody ever finished at the twentieth blank, for the router to report', async () => {
    const { _id } = await insertDelivery();
    const claims = worker('w', { leaseMs: 0 });
    for (let round = 0; round < 20; round += 1) {
      expect(await claimOne(claims, _id, `blank-${round}`)).toHaveProperty('won');
    }
    expect(await claimOne(claims, _id, 'last')).toHaveProperty('ended');
    expect(await stored(_id)).toMatchObject({
      state: 'expired',
      reason: 'never-finished',
      blanks: 20,
      unreported: true,
      nextAttemptAt: null,
      settledAt: expect.any(Date) as Date,
    });
    expect(await claimOne(claims, _id, 'after')).toEqual({ gone: true });
  });

  it('does not send to a recipient who left, whether the mail waits or its sender died', async () => {
    const waiting = await insertDelivery({ followVersion: 4 });
    const abandoned = await insertDelivery();
    await claimOne(worker('dead', { leaseMs: 0 }), abandoned._id, 'dead');
    await createDispatchStore(connection).withdraw(
      [abandoned._id],
      { contactVersion: 4, reason: 'contact-left' },
      'router',
    );
    for (const { _id } of [waiting, abandoned]) {
      expect(await claimOne(worker('w'), _id, `left-${_id}`)).toHaveProperty('ended');
      expect(await stored(_id)).toMatchObject({
        state: 'superseded',
        reason: 'contact-left',
        unreported: true,
      });
    }
    expect((await stored(waiting._id)).ambiguous).toBeUndefined();
    expect((await stored(abandoned._id)).ambiguous).toBe(true);
  });
});

describe('an outcome', () => {
  const reply = '250 2.0.0 Ok: queued as $blanks';

  it('is recorded once, by the holder of the token, with the reply as it came', async () => {
    const { _id } = await insertDelivery();
    const claims = worker('w');
    await claimOne(claims, _id, 'mine');
    const outcome = { delivery: _id, token: 'mine', to: 'sent', reply, relay: 'relay:25' } as const;
    expect(await claims.settleMany([outcome])).toEqual([{ recorded: true, state: 'sent' }]);
    const once = await stored(_id);
    expect(once).toMatchObject({ state: 'sent', reply, relay: 'relay:25', blanks: 0, unreported: true });
    expect(once.sentAt).toEqual(once.settledAt);
    expect(once.transitions.at(-1)).toEqual({
      at: once.sentAt,
      to: 'sent',
      attempt: 1,
      by: 'w',
      reply,
      relay: 'relay:25',
    });

    // As after an answer that got lost: the same outcome again is the same truth and changes nothing.
    const again = await claims.settleMany([outcome, { ...outcome, to: 'refused', reason: 'x' }]);
    expect(again).toEqual([
      { recorded: true, state: 'sent' },
      { recorded: true, state: 'sent' },
    ]);
    expect(await stored(_id)).toEqual(once);
  });

  it('with a stale token changes nothing, and does not keep its neighbour from being recorded', async () => {
    const [stale, good] = [await insertDelivery(), await insertDelivery()];
    await claimOne(worker('slow', { leaseMs: 0 }), stale._id, 'slow');
    await claimOne(worker('quick'), stale._id, 'quick');
    await claimOne(worker('slow'), good._id, 'good');
    const before = await stored(stale._id);
    expect(
      await worker('slow').settleMany([
        { delivery: stale._id, token: 'slow', to: 'sent' },
        { delivery: good._id, token: 'good', to: 'sent' },
      ]),
    ).toEqual([{ recorded: false }, { recorded: true, state: 'sent' }]);
    expect(await stored(stale._id)).toEqual(before);
    expect((await stored(good._id)).state).toBe('sent');
  });

  it('that asks for another attempt makes the delivery due by the database clock, with the next number', async () => {
    const { _id } = await insertDelivery();
    const claims = worker('w');
    await claimOne(claims, _id, 'first');
    const [answer] = await claims.settleMany([
      {
        delivery: _id,
        token: 'first',
        to: 'pending',
        reason: 'recipient-deferred',
        reply: '451 later',
        ambiguous: true,
        retryInMs: minuteMs,
      },
    ]);
    expect(answer).toEqual({ recorded: true, state: 'pending' });
    const delivery = await stored(_id);
    const last = delivery.transitions.at(-1);
    expect(delivery).toMatchObject({ state: 'pending', attempt: 2, ambiguous: true });
    expect(delivery.unreported).toBeUndefined();
    expect(last).toMatchObject({
      to: 'pending',
      attempt: 1,
      reason: 'recipient-deferred',
      reply: '451 later',
    });
    expect((delivery.nextAttemptAt?.getTime() ?? 0) - (last?.at.getTime() ?? 0)).toBe(minuteMs);
    expect(await claimOne(claims, _id, 'early', 2)).toHaveProperty('notDue');
    expect(await claimOne(claims, _id, 'old', 1)).toEqual({ gone: true });
  });

  it.each([
    ['refused', { to: 'refused', reason: 'recipient-refused' }, 'superseded'],
    ['expired', { to: 'expired', reason: 'horizon-passed' }, 'superseded'],
    ['to be tried again', { to: 'pending', reason: 'no-answer', retryInMs: 1 }, 'superseded'],
    ['sent', { to: 'sent' }, 'sent'],
  ] as const)('of a recipient who left in mid-send, %s, ends %s → %s', async (_, end, state) => {
    const { _id } = await insertDelivery();
    const claims = worker('w');
    const token = `left-${_id}`;
    await claimOne(claims, _id, token);
    await createDispatchStore(connection).withdraw(
      [_id],
      { contactVersion: 7, reason: 'contact-left' },
      'router',
    );
    expect((await stored(_id)).state).toBe('sending');
    expect(await claims.settleMany([{ delivery: _id, token, ...end }])).toEqual([{ recorded: true, state }]);
    expect(await stored(_id)).toMatchObject({ state, attempt: 1, unreported: true });
  });
});
