import type { Log } from './log.js';

/** What is running, so that a stop that hangs can say on what. */
export interface Drain {
  /** True from the moment the process was told to stop; readiness answers 503 then. */
  readonly isDraining: () => boolean;
  /** Hooks run one after the other in the order they were added: consumers first, then producers, then stores. */
  readonly onDrain: (name: string, hook: () => Promise<unknown>) => void;
  /** Runs the steps given, then the hooks. Resolves with the names of those that failed. Runs once. */
  readonly run: (log: Log, steps?: DrainSteps) => Promise<readonly string[]>;
  /** The step or hook that runs right now. */
  readonly current: () => string | undefined;
}

/** What the app itself does around the hooks. */
export interface DrainSteps {
  readonly before?: readonly DrainStep[];
  readonly after?: readonly DrainStep[];
}

export interface DrainStep {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** A step longer than this is worth a line: it is what makes a deploy slow. */
const slowMs = 2_000;

export function createDrain(): Drain {
  const hooks: DrainStep[] = [];
  let draining = false;
  let current: string | undefined;
  let finished: Promise<readonly string[]> | undefined;

  async function runAll(steps: readonly DrainStep[], log: Log): Promise<readonly string[]> {
    const failed: string[] = [];
    for (const step of steps) {
      current = step.name;
      if (!(await runStep(step, log))) failed.push(step.name);
    }
    current = undefined;
    return failed;
  }

  return {
    isDraining: () => draining,
    onDrain: (name, run) => void hooks.push({ name, run }),
    run: (log, { before = [], after = [] } = {}) => {
      draining = true;
      finished ??= runAll([...before, ...hooks, ...after], log);
      return finished;
    },
    current: () => current,
  };
}

/** A step that fails does not keep the next ones from closing what is theirs. */
async function runStep({ name, run }: DrainStep, log: Log): Promise<boolean> {
  const startedMs = performance.now();
  try {
    await run();
    return true;
  } catch (error) {
    log.error({ event: 'drain.failed', step: name, err: error }, 'drain.failed');
    return false;
  } finally {
    const tookMs = Math.round(performance.now() - startedMs);
    if (tookMs > slowMs) log.warn({ event: 'drain.slow', step: name, tookMs }, 'drain.slow');
  }
}
