import type { Log } from '@signalbox/runtime';
import type { ICustomPartitioner, Kafka, Message } from 'kafkajs';
import { kafkaRetry } from './kafka-client.js';
import { createKeptAdmin } from './kept-admin.js';
import { bytesOf } from './message-bytes.js';
import { partitionOf } from './partition-of.js';
import { withinLimit } from './time-limit.js';

export interface OutgoingMessage {
  readonly key: string | null;
  readonly value: string | Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
}

/** A message and the topic it belongs to, as the functions named `…Message` make it. */
export interface AddressedMessage {
  readonly topic: string;
  readonly message: OutgoingMessage;
}

export interface KafkaProducer {
  /**
   * Resolves when all in-sync replicas have all of the messages.
   * @param timeoutMs the whole time this may take, connecting included.
   * @throws RefusedByKafka when sending the same again cannot help; others of the same call may be stored.
   * @throws NotKnownToBeAccepted in every other case: some, all or none of the messages may be stored now or a little
   *   later, since kafkajs goes on trying for some seconds after we stop waiting.
   */
  send(topic: string, messages: readonly OutgoingMessage[], timeoutMs?: number): Promise<void>;
  /** Resolves when the cluster answers on the way that `send` takes; the rejection says what is wrong. For health. */
  ping(): Promise<void>;
  /** Waits for what is being sent, then disconnects. */
  close(): Promise<void>;
}

/** Error codes of Kafka's protocol that no waiting makes right: the message itself is at fault. */
export const refusals = [
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'POLICY_VIOLATION',
] as const;
export type Refusal = (typeof refusals)[number];

/** Kafka has said no to the message itself. */
export class RefusedByKafka extends Error {
  override readonly name = 'RefusedByKafka';
  readonly code = 'refused-by-kafka';
  readonly retry = false;
  constructor(
    readonly reason: Refusal,
    options: { cause: unknown },
  ) {
    super(`Kafka refuses the message: ${reason}`, options);
  }
}

/** No acknowledgement came. The messages may be stored, or may still be: sending them again must be harmless. */
export class NotKnownToBeAccepted extends Error {
  override readonly name = 'NotKnownToBeAccepted';
  readonly code = 'not-known-to-be-accepted';
  readonly retry = true;
}

/** Below the 5 s in which the gateway has to answer. */
const usualTimeoutMs = 4_000;
const pingTimeoutMs = 2_000;

/** What waits for a Kafka that is away is bounded: past it a send is turned down at once. */
const mostUnsettledBytes = 64 * 1024 * 1024;

/**
 * The one producer of a process. It connects when first needed, and again after a failure, so that a process can start
 * while Kafka is away. Not idempotent, since kafkajs calls that experimental: when one partition of a send fails, kafkajs
 * sends the others again too, and consumers know a record that comes twice by its event's source and id.
 */
export function createProducer(kafka: Kafka, { log }: { readonly log: Log }): KafkaProducer {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    createPartitioner: partitioner,
    retry: kafkaRetry,
  });
  const admin = createKeptAdmin(kafka);
  const unsettled = new Set<Promise<unknown>>();
  let unsettledBytes = 0;
  let connected: Promise<void> | undefined;

  function connect(): Promise<void> {
    const attempt = (connected ??= producer.connect());
    attempt.catch((error: unknown) => {
      if (connected !== attempt) return;
      connected = undefined;
      log.warn({ event: 'kafka.unreachable', err: error }, 'kafka.unreachable');
    });
    return attempt;
  }

  async function sendOnce(
    topic: string,
    messages: readonly OutgoingMessage[],
    isLate: () => boolean,
  ): Promise<void> {
    await connect();
    // Who asked has been told that it is not known: better not to begin now.
    if (isLate()) throw new NotKnownToBeAccepted('The connection came too late.');
    await producer.send({ topic, messages: messages as Message[], acks: -1, timeout: usualTimeoutMs });
  }

  return {
    async send(topic, messages, timeoutMs = usualTimeoutMs) {
      if (messages.length === 0) return;
      const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
      if (unsettledBytes + bytes > mostUnsettledBytes) {
        throw new NotKnownToBeAccepted(`${unsettledBytes} bytes wait for Kafka already.`);
      }
      let late = false;
      const sending = sendOnce(topic, messages, () => late);
      unsettledBytes += bytes;
      unsettled.add(sending);
      const settle = () => {
        unsettledBytes -= bytes;
        unsettled.delete(sending);
      };
      sending.then(settle, settle);
      try {
        await withinLimit(sending, timeoutMs, () => {
          late = true;
          return new NotKnownToBeAccepted(`Kafka did not acknowledge within ${timeoutMs} ms.`);
        });
      } catch (error) {
        throw sortedOut(error);
      }
    },
    async ping() {
      await withinLimit(connect(), pingTimeoutMs, () => new Error('The producer is not connected to Kafka.'));
      await admin.ask((connection) => connection.describeCluster(), pingTimeoutMs);
    },
    async close() {
      await Promise.allSettled(unsettled);
      await Promise.allSettled([producer.disconnect(), admin.close()]);
    },
  };
}

/** Keys go where `partitionOf` says; what has none goes round. */
const partitioner: ICustomPartitioner = () => {
  let turn = 0;
  return ({ partitionMetadata, message }) => {
    if (message.key != null) return partitionOf(message.key, partitionMetadata.length);
    const withLeader = partitionMetadata.filter(({ leader }) => leader >= 0);
    const choice = withLeader.length > 0 ? withLeader : partitionMetadata;
    turn = (turn + 1) % choice.length;
    return choice[turn]?.partitionId ?? 0;
  };
};

function sortedOut(error: unknown): RefusedByKafka | NotKnownToBeAccepted {
  if (error instanceof NotKnownToBeAccepted) return error;
  const reason = refusalIn(error);
  if (reason !== undefined) return new RefusedByKafka(reason, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  return new NotKnownToBeAccepted(`Kafka did not acknowledge: ${text}`, { cause: error });
}

/** kafkajs wraps what the broker said when it gives up trying. */
function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  // By shape: Node sees no named export of kafkajs's error classes, which are spread into its module.
  const type = 'type' in error ? error.type : undefined;
  return refusals.find((reason) => reason === type) ?? refusalIn(error.cause);
}
