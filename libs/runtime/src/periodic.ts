import type { Log } from './log.js';

export interface Periodic {
  /** Starts no further pass and resolves when the running one is done. */
  stop(): Promise<void>;
}

/**
 * Runs a pass again and again, never two at once: the wait begins when a pass has ended. A pass that throws is logged
 * and tried again at the next turn, since every pass is idempotent.
 * @param run answers true when there may be more to do at once: then the next pass does not wait.
 */
export function runPeriodically(
  name: string,
  everyMs: number,
  run: () => Promise<boolean | void>,
  log: Log,
): Periodic {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    let more = false;
    try {
      more = (await run()) === true;
    } catch (error) {
      log.warn({ event: 'pass.failed', pass: name, err: error }, 'pass.failed');
    }
    if (!stopped) schedule(more ? 0 : everyMs);
  }
  function schedule(afterMs: number): void {
    timer = setTimeout(() => {
      running = pass();
    }, afterMs);
  }

  schedule(everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
