import { deadLetterHeaders, topicNames } from '@signalbox/contracts';
import { systemClock, type Clock } from '@signalbox/runtime';
import type { IHeaders } from 'kafkajs';
import { chunksOf } from './message-bytes.js';
import { RefusedByKafka, type KafkaProducer, type OutgoingMessage } from './producer.js';

/** What could not be read, as it came. By HTTP the topic is `http:<path>`, partition and offset are -1. */
export interface DeadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
}

export interface DeadLetters {
  /**
   * Resolves when Kafka has all of them, with the bytes and headers as they came and contracts' headers added.
   * @param reason from the closed list of whoever could not read them.
   * @throws NotKnownToBeAccepted when they may not be stored: the records must then not be committed.
   */
  send(records: readonly DeadRecord[], reason: string): Promise<void>;
}

/** On a dead letter whose value was cut to fit beside our headers: how many bytes it had. */
export const truncatedHeader = 'sbx-truncated-from-bytes';

/** Half of what a broker takes in one message: with it a record fits whatever our headers add. */
const mostTruncatedBytes = 512 * 1024;

export function createDeadLetters(
  producer: Pick<KafkaProducer, 'send'>,
  { clock = systemClock, timeoutMs }: { readonly clock?: Clock; readonly timeoutMs?: number } = {},
): DeadLetters {
  const send = (letters: readonly OutgoingMessage[]) =>
    producer.send(topicNames.deadLetters, letters, timeoutMs);

  async function sendChunk(letters: readonly OutgoingMessage[]): Promise<void> {
    try {
      await send(letters);
    } catch (error) {
      if (!(error instanceof RefusedByKafka)) throw error;
      const [only] = letters;
      if (letters.length === 1 && only !== undefined) return send([truncated(only)]);
      await Promise.all(letters.map((letter) => sendChunk([letter])));
    }
  }

  return {
    async send(records, reason) {
      const letters = records.map((record) => deadLetter(record, reason, clock.now()));
      await Promise.all(chunksOf(letters, (letter) => letter).map(sendChunk));
    },
  };
}

function deadLetter(
  { topic, partition, offset, key, value, headers }: DeadRecord,
  reason: string,
  at: Date,
): OutgoingMessage {
  return {
    key,
    value,
    headers: {
      ...firstOfEach(headers),
      [deadLetterHeaders.reason]: reason,
      [deadLetterHeaders.topic]: topic,
      [deadLetterHeaders.partition]: String(partition),
      [deadLetterHeaders.offset]: String(offset),
      [deadLetterHeaders.failedAt]: at.toISOString(),
    },
  };
}

/** Headers too big to leave room go, all but ours: the value is what a person needs to see. */
function truncated(letter: OutgoingMessage): OutgoingMessage {
  const value = Buffer.from(letter.value ?? '');
  const ours = Object.values(deadLetterHeaders).map((name) => [name, letter.headers[name] ?? ''] as const);
  return {
    key: Buffer.byteLength(letter.key ?? '') > 1024 ? null : letter.key,
    value: value.subarray(0, mostTruncatedBytes),
    headers: { ...Object.fromEntries(ours), [truncatedHeader]: String(value.length) },
  };
}

/** Kafka allows a header twice; our reader takes the first, so that is the one a replay needs. */
function firstOfEach(headers: IHeaders): Record<string, string | Buffer> {
  const pairs = Object.entries(headers).map(
    ([name, held]) => [name, Array.isArray(held) ? held[0] : held] as const,
  );
  return Object.fromEntries(pairs.filter((pair): pair is [string, string | Buffer] => pair[1] !== undefined));
}
