import { ConfigError } from './config.js';
import { createLog, type Log } from './log.js';

/** The process cannot start for a reason that an operator can mend; the message is the one line that says how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The part of `process` that is used, so that a spec can stand in for it. */
export interface ProcessHost {
  on(event: string, listener: (reason: unknown) => void): unknown;
  exit(code: number): unknown;
  readonly stderr: { write(text: string): unknown };
}

/**
 * What every main.ts calls: runs the start, and makes of each way to fail one clear text and exit 1. An error that
 * nobody caught ends the process too, since what state it left behind is not known; the orchestrator starts it again.
 */
export async function runMain(
  name: string,
  start: () => Promise<unknown>,
  host: ProcessHost = process,
  log: Log = createLog(name),
): Promise<void> {
  const die = (event: string) => (error: unknown) => {
    log.fatal({ event, err: error }, event);
    host.exit(1);
  };
  host.on('unhandledRejection', die('process.unhandled-rejection'));
  host.on('uncaughtException', die('process.uncaught-exception'));
  try {
    await start();
  } catch (error) {
    const text = explain(name, error);
    if (text === undefined) return die('process.cannot-start')(error);
    host.stderr.write(text);
    host.exit(1);
  }
}

/** What a person at the terminal reads; nothing for what only a developer can explain. */
function explain(name: string, error: unknown): string | undefined {
  if (error instanceof ConfigError) {
    const list = error.problems.map((problem) => `  ${problem}\n`).join('');
    return `${name} cannot start with these settings:\n${list}`;
  }
  return error instanceof StartError ? `${error.message}\n` : undefined;
}
