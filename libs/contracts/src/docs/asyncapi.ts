import { consumerGroup, deadLetterHeaders, kindOfTopic, topics, type TopicName } from '../topics.js';
import { eventType } from '../events/signalbox-event.js';
import { contactUpdatedType } from '../contacts/contact-updated.js';
import { deliveryOutcomeType } from '../delivery/delivery-outcome.js';
import { addressHealthType } from '../delivery/address-health.js';
import { componentSchemas, type Json, referenceOrInline } from './json-schemas.js';

/** The AsyncAPI 3.0 document of the Kafka topics, made from the table of topics alone. */
export function asyncApiDocument(version: string): Json {
  const names = Object.keys(topics) as TopicName[];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Signalbox',
      version,
      description: 'CloudEvents 1.0 over Kafka, in binary or structured mode. The record key is the account.',
      license: { name: 'Apache-2.0' },
    },
    channels: Object.fromEntries(names.map((name) => [channelId(name), channel(name)])),
    operations: Object.fromEntries(names.map((name) => operation(name))),
    components: { schemas: componentSchemas() },
  };
}

const channelId = (topic: TopicName): string => topic.replace('signalbox.', '');

function channel(topic: TopicName): Json {
  const { about, schema, key, partitions, config } = topics[topic];
  return {
    address: topic,
    description: about,
    messages: { [channelId(topic)]: { ...message(topic), payload: referenceOrInline(schema) } },
    bindings: { kafka: { topic, partitions, bindingVersion: '0.5.0' } },
    'x-key': key,
    'x-config': config,
  };
}

function message(topic: TopicName): Json {
  if (topic === 'signalbox.dead-letters') {
    const headers = Object.values(deadLetterHeaders).map((name) => [name, { type: 'string' }]);
    return {
      name: 'dead letter',
      headers: { type: 'object', properties: Object.fromEntries(headers) as Json },
    };
  }
  return {
    name: messageType(topic),
    contentType: 'application/json',
    headers: {
      type: 'object',
      properties: {
        ce_type: { const: messageType(topic) },
        ce_source: { type: 'string' },
        ce_id: { type: 'string' },
      },
    },
  };
}

function messageType(topic: TopicName): string {
  const kind = kindOfTopic(topic);
  if (kind) return eventType(kind);
  if (topic === 'signalbox.contact-updates') return contactUpdatedType;
  return topic === 'signalbox.address-health' ? addressHealthType : deliveryOutcomeType;
}

function operation(topic: TopicName): [string, Json] {
  const { consumer } = topics[topic];
  const action = consumer ? 'receive' : 'send';
  return [
    `${action}-${channelId(topic)}`,
    {
      action,
      channel: { $ref: `#/channels/${channelId(topic)}` },
      ...(consumer && {
        bindings: { kafka: { groupId: { const: consumerGroup(consumer) }, bindingVersion: '0.5.0' } },
      }),
    },
  ];
}
