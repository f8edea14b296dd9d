import 'reflect-metadata';
import { consumersOf, eventKinds, topicOfKind, topics, topicsOf, type TopicName } from '@signalbox/contracts';
import { transportOf } from '@signalbox/messaging';
import { ContactsConsumer } from './contacts.consumer.js';
import { DeadLettersConsumer } from './dead-letters.consumer.js';
import { EventsConsumer } from './events.consumer.js';

// Nest keeps what @EventPattern says as metadata of the method under these names.
const patternKey = 'microservices:pattern';
const transportKey = 'microservices:transport';

const consumers = consumersOf('notification-router');

/** The topics that the router's handlers take from one consumer. */
function topicsHandledBy(transport: symbol): string[] {
  return [ContactsConsumer, DeadLettersConsumer, EventsConsumer]
    .flatMap(({ prototype }) =>
      Object.getOwnPropertyNames(prototype).map(
        (name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined,
      ),
    )
    .filter((method) => method !== undefined && Reflect.getMetadata(transportKey, method) === transport)
    .flatMap((method) => (method ? (Reflect.getMetadata(patternKey, method) as string[]) : []));
}

describe('the router’s handlers', () => {
  it.each(consumers)('of the consumer %s are those of the table of topics', (consumer) => {
    const handled = topicsHandledBy(transportOf(consumer));
    expect(handled).not.toEqual([]);
    expect(handled.sort()).toEqual(topicsOf(consumer).sort());
  });

  it('take every topic that the table gives to the router exactly once', () => {
    const handled = consumers.flatMap((consumer) => topicsHandledBy(transportOf(consumer)));
    const inTable = (Object.keys(topics) as TopicName[]).filter((name) =>
      consumers.some((consumer) => topics[name].consumer === consumer),
    );
    expect(handled.sort()).toEqual(inTable.sort());
  });

  it('take every kind of event', () => {
    const handled = new Set(consumers.flatMap((consumer) => topicsHandledBy(transportOf(consumer))));
    for (const kind of eventKinds) expect(handled).toContain(topicOfKind[kind]);
  });
});
