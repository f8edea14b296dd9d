import { consumerGroup, topicsOf, type ConsumerName } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import { BaseRpcContext, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { Batch, Consumer, EachBatchPayload, IMemberAssignment, Kafka, KafkaMessage } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { kafkaRetry } from './kafka-client.js';
import { createPauses } from './pauses.js';
import type { ReceivedBatch, ReceivedRecord } from './received-batch.js';

/**
 * What a handler names as its transport: `@EventPattern<string>('signalbox.emergencies', transportOf('emergency'))`. Without
 * `<string>` Nest's types take the payload for `{}`.
 */
export const transportOf = (consumer: ConsumerName): symbol => Symbol.for(`signalbox.consumer.${consumer}`);

export interface KafkaBatchServerOptions {
  readonly kafka: Kafka;
  readonly consumer: ConsumerName;
  readonly log: Log;
  /** Called once when the consumer will not come back by itself: the process must end with status 1 and be started again. */
  readonly onFatal: (error: Error) => void;
  /** Another group and other topics than contracts' tables name: for specs that share a broker. */
  readonly subscription?: { readonly groupId: string; readonly topics: readonly string[] };
}

/**
 * The values with which a consumer was back 13 s after kill -9 of its broker (kafkajs 2.2.4, Kafka 4.1.1). With the
 * defaults it was silent for 15 s more: its restart waits up to `maxRetryTime`, and the new member waits out the dead one's
 * session.
 */
const sessionTimeoutMs = 6_000;
const rebalanceTimeoutMs = 8_000;
const heartbeatIntervalMs = 1_500;
/** How long the fetcher sleeps when all partitions are paused; the default of 5 s would hold back a resumed one. */
const maxWaitTimeMs = 250;
const partitionsAtOnce = 3;
/** What a handler gets at once: bounds its memory and its bulk writes, and how much is done again after a failure. */
const mostRecords = 500;
const startAgainAfterMs = 1_000;
/** Twice what the slowest sign of life, a heartbeat, may take. */
const silentAfterMs = 10_000;

/**
 * A Nest transport that hands whole batches of one partition to the handler of their topic, and commits a batch when its
 * handler has resolved, never before. Its own consumer loop, because Nest's Kafka server knows one message at a time and
 * skips what it has no handler for.
 *
 * A handler that rejects pauses its partition, which is resumed by a timer and gets the same records again; the partitions
 * beside it go on. Nothing is skipped, and the order within a partition stays.
 */
export class KafkaBatchServer extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  /** Nest need not log a handler's failure: it is met here. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly groupId: string;
  private readonly topics: readonly string[];
  private readonly pauses = createPauses();
  private readonly lags = new Map<string, number>();
  private consumer: Consumer | undefined;
  private starting: Promise<void> | undefined;
  private startAgain: (() => void) | undefined;
  private isClosing = false;
  private hasJoined = false;
  private lastSignAt = 0;

  constructor(private readonly options: KafkaBatchServerOptions) {
    super();
    const { consumer, subscription } = options;
    this.transportId = transportOf(consumer);
    this.groupId = subscription?.groupId ?? consumerGroup(consumer);
    this.topics = subscription?.topics ?? topicsOf(consumer);
  }

  /**
   * Calls back with an error when the handlers are not those of contracts' table. Otherwise calls back at once and goes on
   * connecting, for as long as Kafka is away: `ping` says when it is there.
   */
  listen(callback: (error?: Error) => void): void {
    const difference = differenceOf(this.topics, [...this.messageHandlers.keys()]);
    if (difference !== undefined) {
      callback(
        new Error(
          `The handlers of consumer ${this.options.consumer} are not those of the table: ${difference}.`,
        ),
      );
      return;
    }
    this.starting = this.start();
    callback();
  }

  /** Stops fetching, lets the running handlers finish and be committed, then leaves the group. */
  async close(): Promise<void> {
    this.isClosing = true;
    this.startAgain?.();
    await this.starting;
    this.pauses.clear();
    await this.consumer?.disconnect();
    this.hasJoined = false;
  }

  /** A member of the group that has shown a sign of life lately. */
  isRunning(): boolean {
    return this.hasJoined && performance.now() - this.lastSignAt < silentAfterMs;
  }

  /** For health: rejects when this consumer consumes nothing. */
  ping(): Promise<void> {
    if (this.isRunning()) return Promise.resolve();
    return Promise.reject(new Error(`The consumer ${this.options.consumer} is not in its group.`));
  }

  /** Records not committed yet, by `topic:partition`, as of each partition's last batch. */
  lag(): Record<string, number> {
    return Object.fromEntries(this.lags);
  }

  /** The same, of all partitions together. */
  totalLag(): number {
    return [...this.lags.values()].reduce((sum, records) => sum + records, 0);
  }

  /** The kafkajs consumer; it is another one after a failed start. */
  unwrap<T>(): T {
    return this.consumer as T;
  }

  on(): never {
    throw new Error('A KafkaBatchServer has no events of its own: unwrap() gives the kafkajs consumer.');
  }

  private async start(): Promise<void> {
    while (!this.isClosing) {
      const consumer = this.newConsumer();
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
        this.consumer = consumer;
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: partitionsAtOnce,
          eachBatch: (payload) => this.take(payload),
        });
        return;
      } catch (error) {
        this.options.log.warn(
          {
            event: 'consumer.not-started',
            consumer: this.options.consumer,
            err: error,
            againInMs: startAgainAfterMs,
          },
          'consumer.not-started',
        );
        await consumer.disconnect().catch(() => undefined);
        await this.waitToStartAgain();
      }
    }
  }

  private async waitToStartAgain(): Promise<void> {
    if (this.isClosing) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, startAgainAfterMs);
      this.startAgain = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private newConsumer(): Consumer {
    const consumer = this.options.kafka.consumer({
      groupId: this.groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: maxWaitTimeMs,
      retry: {
        ...kafkaRetry,
        retries: 4,
        maxRetryTime: 1_000,
        restartOnFailure: () => Promise.resolve(true),
      },
    });
    const sign = () => {
      this.lastSignAt = performance.now();
    };
    consumer.on(consumer.events.HEARTBEAT, sign);
    consumer.on(consumer.events.FETCH, sign);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      // kafkajs finishes a restart that was under way when it was told to stop.
      if (this.isClosing) {
        consumer.disconnect().catch(() => undefined);
        return;
      }
      sign();
      this.joined(payload.memberAssignment);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => this.crashed(payload.error, payload.restart));
    return consumer;
  }

  private joined(assignment: IMemberAssignment): void {
    this.hasJoined = true;
    const ours = new Set(
      Object.entries(assignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => placeOf(topic, partition)),
      ),
    );
    for (const place of this.lags.keys()) if (!ours.has(place)) this.lags.delete(place);
    this.options.log.info(
      { event: 'consumer.joined', consumer: this.options.consumer, partitions: ours.size },
      'consumer.joined',
    );
  }

  private crashed(error: Error, willRestart: boolean): void {
    this.hasJoined = false;
    if (this.isClosing) return;
    if (willRestart) {
      this.options.log.warn(
        { event: 'consumer.lost', consumer: this.options.consumer, err: error },
        'consumer.lost',
      );
      return;
    }
    this.options.log.error(
      { event: 'consumer.ended', consumer: this.options.consumer, err: error },
      'consumer.ended',
    );
    this.options.onFatal(error);
  }

  /** One batch of one partition. What is thrown here is kafkajs's own: it joins again or tries again. */
  private async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { topic, partition } = batch;
    const place = placeOf(topic, partition);
    this.noteLag(batch, Number(batch.firstOffset() ?? 0));

    for (let at = 0; at < batch.messages.length; at += mostRecords) {
      if (!payload.isRunning() || payload.isStale()) return;
      // Sent by kafkajs when it is due. In a rebalance it throws, so that no more work is begun that may not be committed.
      await payload.heartbeat();
      const messages = batch.messages.slice(at, at + mostRecords);
      const failure = await this.handOver({ topic, partition, records: recordsOf(batch, messages) }, payload);
      if (failure !== undefined) {
        const retryInMs = this.pauses.pause(place, payload.pause());
        this.tellFailure(failure.error, { topic, partition, offset: messages[0]?.offset, retryInMs });
        return;
      }
      this.pauses.forget(place);
      await this.commit(payload, messages, at + mostRecords >= batch.messages.length);
    }
  }

  /** Answers what the handler failed with, or undefined when all of the batch is stored and queued. */
  private async handOver(
    received: ReceivedBatch,
    payload: EachBatchPayload,
  ): Promise<{ error: unknown } | undefined> {
    const handler = this.getHandlerByPattern(received.topic);
    // Whoever handles for long must not be thrown out of the group meanwhile. kafkajs sends one when it is due; its
    // rejection is met again at the next heartbeat that is waited for.
    const alive = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatIntervalMs / 2);
    try {
      if (handler === null) throw new Error(`There is no handler for ${received.topic}.`);
      const answer: unknown = await handler(received, new BaseRpcContext([received]));
      if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
      return undefined;
    } catch (error) {
      return { error };
    } finally {
      clearInterval(alive);
    }
  }

  /** By the payload's own function: the consumer's `commitOffsets` does nothing, silently, once it is being stopped. */
  private async commit(
    payload: EachBatchPayload,
    messages: readonly KafkaMessage[],
    isLast: boolean,
  ): Promise<void> {
    const { topic, partition } = payload.batch;
    // The last offset of a batch may lie past its last record, where compaction took some away.
    const offset =
      (isLast ? payload.batch.lastOffset() : messages.at(-1)?.offset) ?? payload.batch.lastOffset();
    const next = Number(offset) + 1;
    payload.resolveOffset(offset);
    await payload.commitOffsetsIfNecessary({
      topics: [{ topic, partitions: [{ partition, offset: String(next) }] }],
    });
    this.noteLag(payload.batch, next);
  }

  private noteLag({ topic, partition, highWatermark }: Batch, next: number): void {
    this.lags.set(placeOf(topic, partition), Math.max(0, Number(highWatermark) - next));
  }

  /** A person is called for when it goes on failing, not when a database is elected anew. */
  private tellFailure(error: unknown, where: { retryInMs: number } & Record<string, unknown>): void {
    const line = { event: 'batch.failed', consumer: this.options.consumer, ...where, err: error };
    if (this.pauses.isLongest(where.retryInMs)) this.options.log.error(line, 'batch.failed');
    else this.options.log.warn(line, 'batch.failed');
  }
}

const placeOf = (topic: string, partition: number): string => `${topic}:${partition}`;

function recordsOf({ topic, partition }: Batch, messages: readonly KafkaMessage[]): ReceivedRecord[] {
  return messages.map(({ offset, timestamp, key, value, headers }) => ({
    topic,
    partition,
    offset: Number(offset),
    timestamp: new Date(Number(timestamp)),
    key: key === null ? null : key.toString('utf8'),
    value,
    headers: headers ?? {},
  }));
}

function differenceOf(inTable: readonly string[], handled: readonly string[]): string | undefined {
  const missing = inTable
    .filter((topic) => !handled.includes(topic))
    .map((topic) => `${topic} has no handler`);
  const surplus = handled
    .filter((topic) => !inTable.includes(topic))
    .map((topic) => `${topic} does not belong to it`);
  const differences = [...missing, ...surplus];
  return differences.length === 0 ? undefined : differences.join(', ');
}
