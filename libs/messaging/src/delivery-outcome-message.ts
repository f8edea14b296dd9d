import { DeliveryOutcome, deliveryOutcomeType, topicNames } from '@signalbox/contracts';
import { cloudEventMessage } from './cloud-event-message.js';
import type { AddressedMessage } from './producer.js';

/** One finished delivery. Its id is the delivery's, so that who reads it twice knows. */
export function deliveryOutcomeMessage(outcome: DeliveryOutcome): AddressedMessage {
  const message = cloudEventMessage({
    id: outcome.delivery,
    source: '/signalbox/deliveries',
    type: deliveryOutcomeType,
    subject: outcome.account,
    time: outcome.at,
    data: DeliveryOutcome.parse(outcome), // Exactly the schema: nothing of a delivery slips out along with it.
  });
  return { topic: topicNames.deliveryOutcomes, message };
}
