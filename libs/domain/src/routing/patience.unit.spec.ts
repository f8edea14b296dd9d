import type { EventKind, DeliveryState } from '@signalbox/contracts';
import { anAccountSnapshot, anEvent } from '@signalbox/testing';
import { decide } from './decide.js';
import type { DeliverySoFar, Facts } from './facts.js';

const start = new Date('2026-11-23T09:30:00Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
const minute = 60;
const hour = 60 * minute;

/** Page is told first, dev next, then ana. */
const acme = anAccountSnapshot({ acknowledgeWithinMinutes: 15 });
const page = 'page@acme-tours.example';
const dev = 'dev@acme-tours.example';
const ana = 'ana@acme-tours.example';

const event = (kind: EventKind) => anEvent({ kind, data: { environment: 'production', title: 'Down' } });
const so = (address: string, state: DeliveryState, toldAfter: number, step: DeliverySoFar['step']) => ({
  address,
  state,
  step,
  bounced: false,
  reinstated: 0,
  toldAt: after(toldAfter),
});
const pageIs = (state: DeliveryState) => so(page, state, 0, 'technicalEmergency');
const devIs = (state: DeliveryState, toldAfter: number) => so(dev, state, toldAfter, 'technicalNonEmergency');

const decideAt = (
  seconds: number,
  soFar: DeliverySoFar[],
  changes: Partial<Facts> = {},
  kind: EventKind = 'emergency',
) =>
  decide(
    event(kind),
    {
      account: acme,
      contactsMayBeStale: false,
      operatorsMailbox: 'operators@platform.example',
      soFar,
      acknowledged: false,
      resolved: false,
      gathersUnroutable: false,
      ...changes,
    },
    after(seconds),
  );
const told = (decision: ReturnType<typeof decide>): string[] => decision.tell.map(({ address }) => address);

describe('a step of the chain that has had long enough', () => {
  it.each([
    ['emergency', 0, [], [page], minute, 'accepted'],
    ['emergency', minute - 1, [pageIs('pending')], [], minute, undefined],
    ['emergency', minute, [pageIs('pending')], [dev], 2 * minute, 'nobody-accepted-in-time'],
    ['emergency', minute, [pageIs('sending')], [dev], 2 * minute, 'nobody-accepted-in-time'],
    ['emergency', 119, [pageIs('pending'), devIs('pending', minute)], [], 2 * minute, undefined],
    ['emergency', 120, [pageIs('pending'), devIs('pending', minute)], [ana], 180, 'nobody-accepted-in-time'],
    ['emergency', 70, [pageIs('pending'), devIs('refused', minute)], [ana], 130, 'nobody-accepted'],
    ['migration-notice', 4 * hour - 1, [devIs('pending', 0)], [], 4 * hour, undefined],
    ['migration-notice', 4 * hour, [devIs('pending', 0)], [ana], 8 * hour, 'nobody-accepted-in-time'],
    ['migration-notice', 5 * hour, [devIs('sent', 0)], [], null, undefined],
  ] as const)('%s after %d s with %j tells %j', (kind, seconds, soFar, addresses, dueAfter, because) => {
    const decision = decideAt(seconds, [...soFar], {}, kind);
    expect(told(decision)).toEqual(addresses);
    expect(decision.because).toBe(because);
    expect(decision.dueAt).toEqual(dueAfter === null ? null : after(dueAfter));
    expect(decision.withdraw).toEqual([]);
  });

  it('is named as passed over, while its mails go on', () => {
    const decision = decideAt(minute, [pageIs('pending')]);
    expect(decision.passedOver).toEqual([{ step: 'technicalEmergency', reason: 'nobody-accepted-in-time' }]);
    expect(decision.notes).toContain('fell-back');
  });

  it('that is the last one is never given up: the operators are tried for as long as it takes', () => {
    const operators = so('operators@platform.example', 'pending', 0, 'operators');
    const decision = decideAt(hour, [operators], { account: null });
    expect(decision).toMatchObject({
      tell: [],
      dueAt: null,
      state: 'delivering',
      notes: ['unknown-account'],
    });
  });

  it('is enough again when a contact was added that nobody has told yet', () => {
    const added = anAccountSnapshot({
      version: 4,
      contacts: { technicalEmergency: [{ email: page }, { email: 'new@acme-tours.example' }] },
    });
    const decision = decideAt(3 * minute, [pageIs('pending'), devIs('pending', minute)], { account: added });
    expect(told(decision)).toEqual(['new@acme-tours.example']);
    expect(decision.because).toBe('contacts-changed');
  });
});

describe('an emergency that was accepted and that nobody acknowledges', () => {
  it.each([
    [15 * minute - 1, [pageIs('sent')], [], 15 * minute],
    [15 * minute, [pageIs('sent')], [dev], 16 * minute],
    [15 * minute + 30, [pageIs('sent'), devIs('pending', 15 * minute)], [], 16 * minute],
    [15 * minute + 30, [pageIs('sent'), devIs('refused', 15 * minute)], [ana], 16 * minute + 30],
    [29 * minute, [pageIs('sent'), devIs('sent', 15 * minute)], [], 30 * minute],
    [30 * minute, [pageIs('sent'), devIs('sent', 15 * minute)], [ana], 31 * minute],
  ])('after %d s with %j escalates to %j', (seconds, soFar, addresses, dueAfter) => {
    const decision = decideAt(seconds, soFar);
    expect(told(decision)).toEqual(addresses);
    expect(decision.dueAt).toEqual(after(dueAfter));
  });

  it('says that this is why', () => {
    expect(decideAt(15 * minute, [pageIs('sent')])).toMatchObject({
      because: 'not-acknowledged',
      passedOver: [{ step: 'technicalEmergency', reason: 'not-acknowledged' }],
    });
  });

  it('goes to whoever has taken the place of the one who was told, and only when it is due', () => {
    const moved = anAccountSnapshot({
      version: 4,
      contacts: { technicalEmergency: [{ email: 'next@acme-tours.example' }] },
    });
    expect(decideAt(5 * minute, [pageIs('sent')], { account: moved })).toMatchObject({
      tell: [],
      dueAt: after(15 * minute),
    });
    const due = decideAt(15 * minute, [pageIs('sent')], { account: moved });
    expect(told(due)).toEqual(['next@acme-tours.example']);
    expect(due.because).toBe('not-acknowledged');
  });

  it.each([
    ['is acknowledged', { acknowledged: true }],
    [
      'is of an account that asks for no acknowledgement',
      { account: anAccountSnapshot({ acknowledgeWithinMinutes: 0 }) },
    ],
  ])('stays where it is when it %s', (_, changes) => {
    expect(decideAt(hour, [pageIs('sent')], changes)).toMatchObject({
      tell: [],
      dueAt: null,
      state: 'delivered',
    });
  });

  it('tells nobody more once somebody is on it, and lets the mails that run go on', () => {
    expect(
      decideAt(20 * minute, [pageIs('sent'), devIs('pending', 15 * minute)], { acknowledged: true }),
    ).toMatchObject({ tell: [], withdraw: [], dueAt: null, state: 'delivering' });
  });

  it('ends with the operators, after whom nobody stands', () => {
    const soFar = [
      pageIs('sent'),
      devIs('sent', 15 * minute),
      so(ana, 'sent', 30 * minute, 'alertContacts'),
      so('operators@platform.example', 'sent', 45 * minute, 'operators'),
    ];
    const account = anAccountSnapshot({ acknowledgeWithinMinutes: 15, owner: null });
    expect(decideAt(2 * hour, soFar, { account })).toMatchObject({
      tell: [],
      dueAt: null,
      state: 'delivered',
    });
  });

  it.each(['production-incident', 'merchant-complaint', 'user-escalation'] as const)(
    'is asked of emergencies alone: %s is over when it was accepted',
    (kind) => {
      const first = decideAt(0, [], {}, kind);
      const soFar = first.tell.map(({ address, step }) => so(address, 'sent', 0, step));
      expect(decideAt(24 * hour, soFar, {}, kind)).toMatchObject({ tell: [], dueAt: null });
    },
  );
});

describe('an emergency that is over', () => {
  it.each([
    ['ended by its all-clear', {}, { resolved: true }],
    ['itself an all-clear', { resolves: { source: 'urn:a', id: 'e0' } }, {}],
    ['sent as resolved', { status: 'resolved' as const }, {}],
  ])('asks nobody to say that they are on it: %s', (_, data, changes) => {
    const facts: Facts = {
      account: acme,
      contactsMayBeStale: false,
      operatorsMailbox: 'operators@platform.example',
      soFar: [pageIs('sent')],
      acknowledged: false,
      resolved: false,
      gathersUnroutable: false,
      ...changes,
    };
    const over = { ...event('emergency'), data: { environment: 'production' as const, ...data } };
    expect(decide(over, facts, after(hour))).toMatchObject({ tell: [], dueAt: null, state: 'delivered' });
  });
});

it('a decision that time brought says when it was due, also long after', () => {
  expect(decideAt(hour, [pageIs('pending')]).wasDueAt).toEqual(after(minute));
  expect(decideAt(hour, [pageIs('sent')]).wasDueAt).toEqual(after(15 * minute));
  expect(decideAt(hour, [pageIs('refused')]).wasDueAt).toBeNull();
});

it('whoever says "I am on it" was reached, whatever became of the mail', () => {
  expect(decideAt(hour, [pageIs('expired')], { acknowledged: true })).toMatchObject({ state: 'delivered' });
});
