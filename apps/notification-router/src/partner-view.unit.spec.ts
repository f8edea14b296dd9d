import { chainSteps, EventView, type DeliveryView } from '@signalbox/contracts';
import { eventForPartner } from './partner-view.js';

const at = '2026-11-23T09:30:00.000Z';
const process = 'email-worker@host-7:4711';
const relay = 'relay.platform.example';
const reply = '250 2.0.0 queued on relay-3 as A1';

/** One delivery of each step, sent by a relay of ours. */
function aDeliveryOf(step: DeliveryView['step']): DeliveryView {
  return {
    id: `d-${step}`,
    address: `${step}@some.example`,
    language: 'en',
    step,
    why: 'category',
    state: 'sent',
    reason: null,
    attempt: 1,
    nextAttemptAt: null,
    sentAt: at,
    bouncedAt: null,
    reply,
    ambiguous: false,
    transitions: [
      { at, to: 'pending', attempt: 1, by: process },
      { at, to: 'sent', attempt: 1, by: process, reply, relay },
    ],
  };
}

const view: EventView = {
  id: 'e-1',
  source: 'urn:one',
  kind: 'emergency',
  account: 'acme-tours',
  environment: 'production',
  title: 't',
  state: 'delivered',
  reason: null,
  acceptedAt: at,
  decidedAt: at,
  time: at,
  acceptedBy: 'key-of-a-monitor',
  rule: 'emergency',
  category: 'technicalEmergency',
  lane: 'emergency',
  contactVersion: 3,
  passedOver: [{ step: 'technicalEmergency', reason: 'nobody-accepted' }],
  notes: ['fell-back'],
  dueAt: null,
  acknowledgement: null,
  rounds: [
    {
      number: 1,
      because: 'accepted',
      contactVersion: 3,
      at,
      dueAt: null,
      recipients: chainSteps.map((step) => ({
        delivery: `d-${step}`,
        address: `${step}@some.example`,
        language: 'en',
        step,
        why: 'fallback',
        suppressed: null,
      })),
    },
  ],
  deliveries: chainSteps.map(aDeliveryOf),
  repeats: [{ what: 'duplicate', reason: 'same-content', at }],
  data: { environment: 'production', title: 't' },
};
const seen = eventForPartner(view);

describe('an event as a partner sees it', () => {
  it("has the shape that contracts promise, and all that is the partner's own", () => {
    expect(EventView.parse(seen)).toEqual(seen);
    const { acceptedBy: _, rounds: __, deliveries: ___, ...rest } = view;
    expect(seen).toMatchObject(rest);
  });

  it.each(chainSteps)("names the recipients of the step %s as far as they are the partner's own", (step) => {
    const isOwn = step !== 'accountOwner' && step !== 'operators';
    const address = isOwn ? `${step}@some.example` : 'platform staff';
    const delivery = seen.deliveries.find((each) => each.step === step);
    expect(seen.rounds[0]?.recipients.find((each) => each.step === step)).toMatchObject({ address });
    expect(delivery).toMatchObject({ address, state: 'sent', sentAt: at, reply: isOwn ? reply : null });
    expect(delivery?.transitions).toEqual([
      { at, to: 'pending', attempt: 1, by: 'platform' },
      { at, to: 'sent', attempt: 1, by: 'platform', ...(isOwn && { reply }) },
    ]);
  });

  it.each([process, relay, 'key-of-a-monitor', 'accountOwner@', 'operators@'])('holds no %s', (internal) => {
    expect(JSON.stringify(view)).toContain(internal);
    expect(JSON.stringify(seen)).not.toContain(internal);
  });
});
