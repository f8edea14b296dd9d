import { consumerGroup, eventKinds, topicOfKind, topics, type TopicName } from '@signalbox/contracts';
import type { Kafka } from 'kafkajs';
import { createKeptAdmin } from './kept-admin.js';
import { readOffsets, type PartitionOffsets } from './read-offsets.js';

export interface EventPartitionOffsets extends PartitionOffsets {
  readonly topic: TopicName;
  readonly partition: number;
}

export interface EventOffsets {
  /**
   * Every partition of every event topic, for the ledger: `committed` is that of the consumer whose topic it is, and the
   * first offset where nothing is committed yet.
   * @throws KafkaDidNotAnswer or what kafkajs rejects with.
   */
  read(): Promise<EventPartitionOffsets[]>;
  close(): Promise<void>;
}

export function createEventOffsets(
  kafka: Kafka,
  { timeoutMs = 5_000 }: { readonly timeoutMs?: number } = {},
): EventOffsets {
  const admin = createKeptAdmin(kafka);

  async function readTopic(topic: TopicName): Promise<EventPartitionOffsets[]> {
    const { consumer } = topics[topic];
    if (consumer === null) return [];
    const offsets = await admin.ask(
      (connection) => readOffsets(connection, topic, consumerGroup(consumer)),
      timeoutMs,
    );
    return [...offsets].map(([partition, found]) => ({ topic, partition, ...found }));
  }

  return {
    async read() {
      const all = await Promise.all(eventKinds.map((kind) => readTopic(topicOfKind[kind])));
      return all.flat();
    },
    close: () => admin.close(),
  };
}
