import { eventMessage, type GatheredProducer, RefusedByKafka } from '@signalbox/messaging';
import type { SignalboxEvent } from '@signalbox/contracts';
import type { EventPublisher, PublishResult } from './accept-events.js';

/** Events to their topics, each gathered with what other callers send at the same time. */
export function kafkaPublisher(producer: GatheredProducer): EventPublisher {
  return { publish: (events) => Promise.all(events.map((event) => publishOne(producer, event))) };
}

async function publishOne(producer: GatheredProducer, event: SignalboxEvent): Promise<PublishResult> {
  try {
    const { topic, message } = eventMessage(event);
    await producer.publish(topic, message);
    return { outcome: 'accepted' };
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    return { outcome: cause instanceof RefusedByKafka ? 'refused' : 'not-known', cause };
  }
}
