import type { DeliveryView, EventView } from '@signalbox/contracts';
import { timelineOf, whatBecameOf, type TimelineEntry } from './timeline.js';

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-23T09:30:00Z') + 1000 * seconds).toISOString();
type Transition = DeliveryView['transitions'][number];
const step = (seconds: number, to: Transition['to'], more: Partial<Transition> = {}): Transition => ({
  at: at(seconds),
  to,
  attempt: 1,
  by: 'platform',
  ...more,
});

const aDelivery = (transitions: Transition[], more: Partial<DeliveryView> = {}): DeliveryView => ({
  id: 'd1',
  address: 'page@acme-tours.example',
  language: 'en',
  step: 'technicalEmergency',
  why: 'category',
  state: transitions.at(-1)?.to ?? 'pending',
  reason: null,
  attempt: 1,
  nextAttemptAt: null,
  sentAt: null,
  bouncedAt: null,
  reply: null,
  ambiguous: false,
  transitions,
  ...more,
});

const aRound = (
  number: number,
  seconds: number,
  why: 'category' | 'fallback',
): EventView['rounds'][number] => ({
  number,
  because: number === 1 ? 'accepted' : 'nobody-accepted',
  contactVersion: 3,
  at: at(seconds),
  dueAt: null,
  recipients: [
    {
      delivery: 'd1',
      address: 'a@b.example',
      language: 'en',
      step: 'technicalEmergency',
      why,
      suppressed: null,
    },
  ],
});

const anEvent = (more: Partial<EventView>): EventView => ({
  id: 'e1',
  source: 'urn:one',
  kind: 'emergency',
  account: 'acme-tours',
  environment: 'production',
  title: 't',
  acknowledgement: null,
  dueAt: null,
  state: 'delivered',
  reason: null,
  acceptedAt: at(0),
  decidedAt: at(1),
  time: at(0),
  acceptedBy: null,
  rule: 'emergency',
  category: 'technicalEmergency',
  lane: 'emergency',
  contactVersion: 3,
  passedOver: [],
  notes: [],
  rounds: [],
  deliveries: [],
  repeats: [],
  data: {},
  ...more,
});

const steps = (entries: readonly TimelineEntry[]): string[] => entries.map(({ what }) => what);

describe('the timeline of an event', () => {
  it('tells what was accepted, decided and sent, in the order of time, without the steps in between', () => {
    const sent = aDelivery([step(1, 'pending'), step(2, 'sending'), step(3, 'sent', { reply: '250 OK' })]);
    const entries = timelineOf(anEvent({ rounds: [aRound(1, 1, 'category')], deliveries: [sent] }));
    expect(steps(entries)).toEqual(['accepted', 'round', 'sent']);
    expect(entries[2]).toMatchObject({ at: at(3), tone: 'good', reply: '250 OK' });
  });

  it('tells when it happened where that was long before it was accepted', () => {
    expect(steps(timelineOf(anEvent({ time: at(-121) })))).toEqual(['happened', 'accepted']);
    expect(steps(timelineOf(anEvent({ time: at(-119) })))).toEqual(['accepted']);
  });

  it('counts tries that were put off for the same reason as one step, and tells when the next is due', () => {
    const putOff = (seconds: number, reason: string) => step(seconds, 'pending', { reason });
    const delivery = aDelivery(
      [step(1, 'pending'), putOff(2, 'no-answer'), putOff(3, 'no-answer'), putOff(4, 'connection-lost')],
      { nextAttemptAt: at(9) },
    );
    expect(timelineOf(anEvent({ deliveries: [delivery] })).slice(1)).toMatchObject([
      { what: 'putOff', count: 2, reason: 'no-answer', at: at(3) },
      { what: 'putOff', count: 1, reason: 'connection-lost', nextTryAt: at(9) },
    ]);
  });

  it.each([
    [step(2, 'refused', { reason: 'recipient-refused' }), { what: 'refused', tone: 'bad' }],
    [
      step(2, 'expired', { reason: 'horizon-passed', ambiguous: true }),
      { what: 'expired', isAmbiguous: true },
    ],
    [step(2, 'superseded', { reason: 'contact-left' }), { what: 'superseded', reason: 'contact-left' }],
    [step(2, 'suppressed', { reason: 'erased' }), { what: 'notTold', reason: 'erased' }],
    [step(2, 'sending', { reason: 'claim-ran-out' }), { what: 'takenOver', reason: 'claim-ran-out' }],
  ])('tells of %j', (transition, expected) => {
    expect(timelineOf(anEvent({ deliveries: [aDelivery([transition])] })).at(-1)).toMatchObject(expected);
  });

  it('tells that a mail came back, after it was sent', () => {
    const delivery = aDelivery([step(2, 'sent')], { bouncedAt: at(60) });
    expect(steps(timelineOf(anEvent({ deliveries: [delivery] })))).toEqual(['accepted', 'sent', 'bounced']);
  });

  it('tells with the last fallback whom it went past, and with no other round', () => {
    const passedOver = [{ step: 'technicalEmergency', reason: 'nobody-accepted' } as const];
    const rounds = [aRound(1, 1, 'category'), aRound(2, 2, 'fallback'), aRound(3, 3, 'fallback')];
    const told = timelineOf(anEvent({ rounds, passedOver })).flatMap((entry) =>
      entry.what === 'round' ? [entry.passedOver] : [],
    );
    expect(told).toEqual([[], [], passedOver]);
  });

  it('tells of events that came again', () => {
    const repeats = [{ what: 'duplicate', reason: 'same-content', at: at(5) } as const];
    expect(steps(timelineOf(anEvent({ repeats })))).toEqual(['accepted', 'duplicate']);
  });
});

describe('what became of an event', () => {
  const sent = aDelivery([step(2, 'sent')]);
  it.each([
    ['delivered', [sent], { text: 'delivered', count: 1 }],
    ['delivered', [{ ...sent, step: 'operators' as const }], { text: 'platformTold', count: 0 }],
    ['delivering', [{ ...sent, bouncedAt: at(9) }], { text: 'delivering', count: 0 }],
    ['undelivered', [], { text: 'undelivered', count: 0 }],
    ['suppressed', [], { text: 'suppressed', count: 0 }],
  ] as const)('that is %s is told by whom it reached', (state, deliveries, expected) => {
    expect(whatBecameOf(anEvent({ state, deliveries: [...deliveries] }))).toEqual(expected);
  });
});

describe('what time has to do with it', () => {
  it('says when a round came late, and not when it came in time', () => {
    const late = { ...aRound(2, 600, 'fallback'), because: 'not-acknowledged', dueAt: at(60) } as const;
    const inTime = { ...late, dueAt: at(599) } as const;
    const wasDue = (round: EventView['rounds'][number]) =>
      timelineOf(anEvent({ rounds: [round] })).flatMap((entry) =>
        entry.what === 'round' ? [entry.wasDueAt] : [],
      );
    expect(wasDue(late)).toEqual([at(60)]);
    expect(wasDue(inTime)).toEqual([undefined]);
  });

  it('says who is on it, in its place among the rest', () => {
    const event = anEvent({ rounds: [aRound(1, 1, 'category')], acknowledgement: { at: at(30), by: 'Bia' } });
    expect(timelineOf(event).at(-1)).toMatchObject({ what: 'acknowledged', by: 'Bia', at: at(30) });
  });
});
