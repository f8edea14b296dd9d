import type { ConnectionOptions } from 'node:tls';
import type { Log } from '@signalbox/runtime';
import { Kafka, logLevel, type LogEntry, type RetryOptions, type SASLOptions } from 'kafkajs';
import { foldHeadersInOnePass } from './linear-headers.js';

foldHeadersInOnePass();

export interface KafkaClientOptions {
  /** `host:port`, one or more; the rest of the cluster is found through them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: Log;
  readonly sasl?: SASLOptions;
  readonly ssl?: boolean | ConnectionOptions;
}

/** The settings of runtime's `kafkaConfig`, as every process reads them. */
export interface KafkaSettings {
  readonly KAFKA_BROKERS: readonly string[];
  readonly KAFKA_TLS: boolean;
  readonly KAFKA_SASL_USERNAME?: string | undefined;
  readonly KAFKA_SASL_PASSWORD?: string | undefined;
  readonly KAFKA_SASL_MECHANISM: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

/** What the settings say, as a client takes it; signs in when a user is named. */
export function kafkaOptionsOf(settings: KafkaSettings, clientId: string, log: Log): KafkaClientOptions {
  const { KAFKA_BROKERS: brokers, KAFKA_TLS: ssl, KAFKA_SASL_USERNAME: username } = settings;
  const { KAFKA_SASL_PASSWORD: password = '', KAFKA_SASL_MECHANISM: mechanism } = settings;
  // kafkajs types each mechanism apart; the three take the same two fields.
  const sasl = username === undefined ? {} : { sasl: { mechanism, username, password } as SASLOptions };
  return { brokers, clientId, log, ssl, ...sasl };
}

/** Long enough for a TLS handshake across a region; a broker that is gone is known within it. */
const connectionTimeoutMs = 2_000;
/** The default of 30 s would let a paused broker hold every request for half a minute. Joining a group has its own. */
const requestTimeoutMs = 5_000;

/**
 * For what one call does on its own: about 2.5 s in all, which bridges the election of a leader. Longer outages are the
 * caller's to wait out, since it knows whether anybody is waiting. Every value is given, because kafkajs has other
 * defaults when NODE_ENV is `test`.
 */
export const kafkaRetry = {
  initialRetryTime: 100,
  retries: 5,
  maxRetryTime: 1_000,
  multiplier: 2,
  factor: 0.2,
} as const satisfies RetryOptions;

/** A client of our Kafka. It connects to nothing yet: producer, consumer and admin do, when first used. */
export function createKafka({ brokers, clientId, log, sasl, ssl }: KafkaClientOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectionTimeoutMs,
    authenticationTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    enforceRequestTimeout: true,
    retry: kafkaRetry,
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => writeLine(log, entry),
    ...(sasl === undefined ? {} : { sasl }),
    ...(ssl === undefined ? {} : { ssl }),
  });
}

/**
 * kafkajs calls everything an error that it is about to try again, a coordinator that is still loading for example. With us
 * ERROR means that a person must act, and who calls kafkajs knows whether that is so: hence one level down.
 */
function writeLine(
  log: Log,
  { namespace, level, log: { message, stack, error, ...fields } }: LogEntry,
): void {
  const line = { ...namedOnly(fields), event: 'kafka', part: namespace, ...textOf(error) };
  switch (level) {
    case logLevel.ERROR:
      if (isToldAbove(namespace)) return log.debug(line, message);
      return log.warn(typeof stack === 'string' ? { ...line, stack } : line, message);
    case logLevel.WARN:
      return log.info(line, message);
    case logLevel.NOTHING:
    case logLevel.INFO:
    case logLevel.DEBUG:
      return log.debug(line, message);
  }
}

/** Each lost connection and each vain try at one: some twenty lines a second while Kafka is away, when a few say enough. */
const isToldAbove = (part: string): boolean => part === 'Connection' || part === 'BrokerPool';

/** What may stand in a line of ours; requests and responses of the protocol may not. */
const loggedFields = [
  'groupId',
  'memberId',
  'topic',
  'partition',
  'offset',
  'broker',
  'clientId',
  'retryCount',
  'retryTime',
  'correlationId',
] as const;

function namedOnly(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    loggedFields.filter((name) => name in fields).map((name) => [name, fields[name]]),
  );
}

function textOf(error: unknown): { error?: string } {
  if (error instanceof Error) return { error: error.message };
  return typeof error === 'string' ? { error } : {};
}
