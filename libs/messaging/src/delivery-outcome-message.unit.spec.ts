import { DeliveryOutcome, deliveryOutcomeType } from '@signalbox/contracts';
import { deliveryOutcomeMessage } from './delivery-outcome-message.js';

const outcome: DeliveryOutcome = {
  delivery: 'd1',
  event: { source: '/monitor', id: 'e1' },
  account: 'acme-tours',
  kind: 'emergency',
  category: 'technicalEmergency',
  lane: 'emergency',
  outcome: 'sent',
  attempts: 1,
  at: '2026-11-23T09:30:00.000Z',
};

describe('deliveryOutcomeMessage', () => {
  it("is a CloudEvent under the delivery's id and the account's key, and reads back as the outcome", () => {
    const { topic, message } = deliveryOutcomeMessage(outcome);
    expect(topic).toBe('signalbox.delivery-outcomes');
    expect(message.key).toBe('acme-tours');
    expect(message.headers).toMatchObject({ ce_id: 'd1', ce_type: deliveryOutcomeType, ce_time: outcome.at });
    expect(DeliveryOutcome.parse(JSON.parse(String(message.value)))).toEqual(outcome);
  });

  it('holds no address, even when it is given one', () => {
    const { message } = deliveryOutcomeMessage({
      ...outcome,
      address: 'page@acme-tours.example',
    } as DeliveryOutcome);
    expect(message.value).not.toContain('@');
  });
});
