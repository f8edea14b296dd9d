import { randomUUID } from 'node:crypto';
import type { Topic } from '@signalbox/contracts';
import { createLog } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import type { Kafka } from 'kafkajs';
import { z } from 'zod';
import { createKafka } from './kafka-client.js';
import { createTopics } from './create-topics.js';

// No spec by itself: what the specs on a real broker share. The broker is shared too, so each spec names its own topics.
export const log = createLog('spec', { level: 'silent' });

export function realKafka(): Kafka {
  const brokers = process.env.KAFKA_BROKERS;
  if (brokers === undefined) throw new Error('KAFKA_BROKERS is not set: run this through the project `int`.');
  return createKafka({ brokers: brokers.split(','), clientId: 'messaging-spec', log });
}

export const unique = (name: string): string => `spec.${name}.${randomUUID()}`;

/** A topic of its own for one spec. */
export async function newTopic(
  kafka: Kafka,
  name: string,
  partitions = 1,
  topic = unique(name),
): Promise<string> {
  await createTopics(kafka, { [topic]: topicRow(partitions) });
  return topic;
}

export const topicRow = (partitions: number, config: Record<string, string> = {}): Topic => ({
  about: 'Of one spec.',
  key: 'account',
  schema: z.unknown(),
  partitions,
  config,
  consumer: null,
});

/**
 * Waits until the claim holds; fails with what it was by then. A look that throws is looked at again: a broker that has
 * just started says for a moment that it is not the coordinator of a group.
 */
export function until<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  return eventually(
    async () => {
      const seen = await look();
      if (!holds(seen)) throw new Error(`it is ${JSON.stringify(seen)}`);
      return { seen };
    },
    { withinMs, everyMs: 10 },
  ).then(({ seen }) => seen);
}
