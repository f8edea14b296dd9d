import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's own lines as JSON too. Its `log` is start-up chatter (every route, every module), so it is our debug. */
export function nestLog(log: Log): LoggerService {
  return {
    log: (message: unknown, ...rest: unknown[]) => write(log, 'debug', message, rest),
    debug: (message: unknown, ...rest: unknown[]) => write(log, 'debug', message, rest),
    verbose: (message: unknown, ...rest: unknown[]) => write(log, 'trace', message, rest),
    warn: (message: unknown, ...rest: unknown[]) => write(log, 'warn', message, rest),
    error: (message: unknown, ...rest: unknown[]) => write(log, 'error', message, rest),
    fatal: (message: unknown, ...rest: unknown[]) => write(log, 'fatal', message, rest),
  };
}

/** Nest calls `(message, …, stack?, context?)`: the last text is the context, a stack before it belongs to the message. */
function write(
  log: Log,
  level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal',
  message: unknown,
  rest: unknown[],
) {
  const texts = rest.filter((part): part is string => typeof part === 'string');
  const context = texts.at(-1);
  const stack = texts.length > 1 ? texts.at(-2) : undefined;
  const fields = { event: 'nest', context, ...(stack === undefined ? {} : { stack }) };
  if (message instanceof Error) log[level]({ ...fields, err: message }, message.message);
  else log[level](fields, typeof message === 'string' ? message : JSON.stringify(message));
}
