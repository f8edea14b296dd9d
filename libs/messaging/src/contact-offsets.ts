import { consumerGroup, topicNames } from '@signalbox/contracts';
import type { Kafka } from 'kafkajs';
import { createKeptAdmin, type KeptAdmin } from './kept-admin.js';
import { readOffsets, type PartitionOffsets } from './read-offsets.js';

export interface ContactOffsets {
  /**
   * Which of these partitions of the contact topic hold records, acknowledged before this call, that the contacts consumer
   * has not applied and committed. Never answered from anything begun before the call: a change that was acknowledged in
   * between would be missed, and a mail would go to an address that its owner was told is gone.
   * @throws KafkaDidNotAnswer or what kafkajs rejects with: then it is not known.
   */
  behindFor(partitions: readonly number[]): Promise<number[]>;
  close(): Promise<void>;
}

export interface ContactOffsetsOptions {
  /** How long an answer may take, in milliseconds; 12 ms is the 99th percentile on a busy machine. */
  readonly timeoutMs?: number;
  readonly topic?: string;
  readonly groupId?: string;
  readonly admin?: KeptAdmin;
}

export function createContactOffsets(
  kafka: Kafka,
  {
    timeoutMs = 1_000,
    topic = topicNames.contactUpdates,
    groupId = consumerGroup('contacts'),
    admin = createKeptAdmin(kafka),
  }: ContactOffsetsOptions = {},
): ContactOffsets {
  const nextReading = oneAtATime(() =>
    admin.ask((connection) => readOffsets(connection, topic, groupId), timeoutMs),
  );
  return {
    async behindFor(partitions) {
      if (partitions.length === 0) return [];
      const offsets = await nextReading();
      return partitions.filter((partition) => isBehind(offsets.get(partition)));
    },
    close: () => admin.close(),
  };
}

/** A partition that Kafka does not know of counts as behind: what is not known must not pass for applied. */
function isBehind(offsets: PartitionOffsets | undefined): boolean {
  return offsets === undefined || offsets.end > offsets.committed;
}

/**
 * Who asks while a reading runs shares the next one, never the running one, which began too early for them. A reading that
 * fails fails for those who share it, and the next begins all the same.
 */
export function oneAtATime<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;

  async function begin(before: Promise<unknown> | undefined): Promise<T> {
    await before?.catch(() => undefined);
    // From here on the reading is under way: who comes now needs another.
    next = undefined;
    const reading = read();
    running = reading;
    return reading;
  }

  return () => (next ??= begin(running));
}
