import { maskAddresses } from '@signalbox/contracts';
import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';

export type Log = Logger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level?: LogLevel;
  /** Where the lines go; standard output unless a spec says otherwise. */
  readonly destination?: DestinationStream;
}

/** What never stands in a line, down to the third level of nesting (pino's paths do not search deeper). */
export const neverLogged = ['authorization', 'cookie', 'address', 'email', 'to'] as const;
const redactPaths = neverLogged.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * JSON lines on standard output, one wide line an outcome: `log.info({ event: 'event.routed', … }, 'event.routed')`.
 * ERROR means that a person must act now.
 * Mail addresses are masked in every text of a line, here for all who log: ids, sources and names are chosen by others, and
 * a monitor is not to be refused for what it names its events. Masked and not hashed, since no key has to be known for it;
 * the ids of ours beside it (a dispatch, a key) say what the line is about.
 */
export function createLog(service: string, { level = 'info', destination }: LogOptions = {}): Log {
  const options = {
    level,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactPaths, censor: '[redacted]' },
    serializers: { err: describeError },
    hooks: {
      logMethod(this: Logger, line: Parameters<LogFn>, write: LogFn) {
        write.apply(this, line.map((part) => masked(part)) as Parameters<LogFn>);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Of a line only the outer levels are looked at, as pino writes no more of them. */
const deepest = 5;

/** Errors are described, and instants and ids of databases written, by what comes after this. */
function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskAddresses(value);
  if (typeof value !== 'object' || value === null || value instanceof Error || 'toJSON' in value)
    return value;
  if (depth > deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((each) => masked(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [maskAddresses(name), masked(member, depth + 1)]),
  );
}

export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/**
 * An error as a log may hold it. Only these fields are taken, because drivers hang whole documents and mail envelopes on
 * their errors; addresses inside of the texts are masked for the same reason.
 * @param depth how many causes of causes are followed.
 */
export function describeError(error: unknown, depth = 4): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: maskAddresses(String(error)) };
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: maskAddresses(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: maskAddresses(error.stack) }),
    ...(error.cause === undefined || depth === 0 ? {} : { cause: describeError(error.cause, depth - 1) }),
  };
}
