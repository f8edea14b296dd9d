import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { LocalStackError } from '../local-stack-error.js';
import { clearLeftover } from './clear-leftover.js';
import { logTail } from './log-tail.js';
import { removePidFile, writePidFile } from './pid-file.js';
import { signalGroup } from './signal-group.js';
import { until } from './until.js';

export interface LocalProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  readonly pidFile: string;
  /** True as soon as the process serves. Throwing counts as not yet. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** How long it may take to end after SIGTERM before SIGKILL follows. */
  readonly stopWithinMs: number;
  readonly onLine: (line: string) => void;
}

const running = new Set<LocalProcess>();

/** The processes that were started here and have not ended, in the order of their start. */
export const runningProcesses = (): LocalProcess[] => [...running];

// The last resort for an exit nobody prepared; a proper stop has left nothing to do here.
process.once('exit', () => running.forEach((left) => left.kill('SIGTERM')));

/** One program of the local stack: in its own process group, with a log and a pid file, ended by its pid alone. */
export class LocalProcess {
  #child: ChildProcess | undefined;
  #asked = false;
  #unaskedEnd: ((how: string) => void) | undefined;

  constructor(readonly spec: LocalProcessSpec) {}

  get name(): string {
    return this.spec.name;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Calls back whenever the process ends without having been stopped here. */
  onUnaskedEnd(listener: (how: string) => void): void {
    this.#unaskedEnd = listener;
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    await this.launch();
    await this.waitReady();
  }

  /** Starts it without waiting for its readiness. */
  async launch(): Promise<void> {
    if (this.#child !== undefined) return;
    const { name, command, args, env, cwd, logFile, pidFile, onLine } = this.spec;
    await clearLeftover(name, pidFile, onLine);
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    try {
      const [program, ...rest] = [...endWithParent(), command, ...args];
      const child = spawn(program ?? command, rest, {
        cwd,
        env,
        detached: true,
        stdio: ['ignore', log, log],
      });
      this.#child = child;
      running.add(this);
      this.#asked = false;
      child.once('error', (error) => this.#onEnd(child, error.message));
      child.once('exit', (code, signal) => this.#onEnd(child, signal ?? `exit status ${code ?? 'unknown'}`));
      if (child.pid !== undefined) writePidFile(pidFile, child.pid);
    } finally {
      closeSync(log);
    }
  }

  /** @throws LocalStackError with the last lines of the log when it ends or stays silent. */
  async waitReady(): Promise<void> {
    const { isReady, readyWithinMs, name, logFile } = this.spec;
    const started = this.#child;
    const outcome = await until<'ready' | 'ended'>(
      async () => {
        if (this.#child === undefined || this.#child !== started) return 'ended';
        return (await isReady()) && 'ready';
      },
      { withinMs: readyWithinMs },
    );
    if (outcome === 'ready') return;
    const what =
      outcome === 'ended' ? 'ended before it was ready' : `was not ready after ${readyWithinMs / 1000} s`;
    throw new LocalStackError(
      'not-ready',
      `${name} ${what}. The last lines of ${logFile}:\n${logTail(logFile)}`,
    );
  }

  /** Ends it and waits: the signal first, SIGKILL when it takes too long. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#asked = true;
    const hasEnded = (): boolean => this.#child !== child;
    signalGroup(child.pid, signal);
    // A process that is paused takes SIGTERM only after it goes on.
    signalGroup(child.pid, 'SIGCONT');
    if (await until(hasEnded, { withinMs: this.spec.stopWithinMs, everyMs: 20 })) return;
    this.spec.onLine(`${this.name}: did not end within ${this.spec.stopWithinMs / 1000} s, killed`);
    signalGroup(child.pid, 'SIGKILL');
    await until(hasEnded, { withinMs: 5_000, everyMs: 20 });
  }

  /** Sends a signal as a fault would: its end counts as unasked. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.#child?.pid !== undefined) signalGroup(this.#child.pid, signal);
  }

  pause(): void {
    this.kill('SIGSTOP');
  }

  resume(): void {
    this.kill('SIGCONT');
  }

  /** Resolves when the process that runs now has ended. */
  async ended(withinMs = 30_000): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const hasEnded = await until(() => this.#child !== child, { withinMs, everyMs: 20 });
    if (hasEnded !== true)
      throw new LocalStackError('not-ready', `${this.name} still runs after ${withinMs} ms.`);
  }

  #onEnd(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    running.delete(this);
    removePidFile(this.spec.pidFile);
    if (!this.#asked) this.#unaskedEnd?.(how);
  }
}

/** On Linux the kernel ends a child whose parent was killed outright; elsewhere the next start clears it away. */
function endWithParent(): string[] {
  const setpriv = '/usr/bin/setpriv';
  return process.platform === 'linux' && existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', '--'] : [];
}
