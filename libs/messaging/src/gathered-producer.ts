import { gather } from '@signalbox/runtime';
import { chunksOf } from './message-bytes.js';
import { RefusedByKafka, type KafkaProducer, type OutgoingMessage } from './producer.js';

export interface GatheredProducer {
  /**
   * Resolves when Kafka has acknowledged this message.
   * @throws RefusedByKafka | NotKnownToBeAccepted as `KafkaProducer.send`, for this message alone.
   */
  publish(topic: string, message: OutgoingMessage): Promise<void>;
}

export interface GatheredProducerOptions {
  /** How long the first message waits for company, in milliseconds: kafkajs has no linger of its own. */
  readonly withinMs?: number;
  /** The most messages of one send. */
  readonly most?: number;
  /** The whole time a message may take from its send on, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Gathers what is published to one topic at about the same time into one send. Topics share nothing, so an emergency never
 * waits behind bulk. When Kafka refuses a send, its messages are sent one by one, so that nobody pays for a neighbour;
 * what was stored by the first send is then stored twice, which consumers take for what it is: the same event id again.
 */
export function createGatheredProducer(
  producer: Pick<KafkaProducer, 'send'>,
  { withinMs = 3, most = 1_000, timeoutMs }: GatheredProducerOptions,
): GatheredProducer {
  const publishTo = new Map<string, (message: OutgoingMessage) => Promise<void>>();

  function publisherOf(topic: string): (message: OutgoingMessage) => Promise<void> {
    const known = publishTo.get(topic);
    if (known !== undefined) return known;
    const publish = gather<OutgoingMessage, void>((messages) => sendAll(topic, messages), { withinMs, most });
    publishTo.set(topic, publish);
    return publish;
  }

  async function sendAll(topic: string, messages: readonly OutgoingMessage[]): Promise<(void | Error)[]> {
    const deadline = performance.now() + timeoutMs;
    const answers = chunksOf(messages, (message) => message).map((chunk) =>
      sendChunk(topic, chunk, deadline),
    );
    return (await Promise.all(answers)).flat();
  }

  async function sendChunk(
    topic: string,
    chunk: readonly OutgoingMessage[],
    deadline: number,
  ): Promise<(void | Error)[]> {
    const answer = await attempt(topic, chunk, deadline);
    if (!(answer instanceof RefusedByKafka) || chunk.length === 1) return chunk.map(() => answer);
    return Promise.all(chunk.map((message) => attempt(topic, [message], deadline)));
  }

  async function attempt(
    topic: string,
    messages: readonly OutgoingMessage[],
    deadline: number,
  ): Promise<void | Error> {
    try {
      await producer.send(topic, messages, Math.max(0, deadline - performance.now()));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  return { publish: (topic, message) => publisherOf(topic)(message) };
}
