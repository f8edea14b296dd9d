import { LocalProcess, type LocalProcessSpec } from '../process/local-process.js';
import { restartUnasked } from '../process/restart-unasked.js';

export interface StackProcessOptions {
  readonly keepAlive: boolean;
  readonly onGiveUp: (reason: string) => void;
  readonly onRestarted: () => void;
}

/** One app of the stack (or the mailbox), for people to look at and for specs to kill, stop and start again. */
export class StackProcess {
  /** Whether it is started again when it ends unasked. A spec that kills it and starts it later turns this off first. */
  keepAlive: boolean;
  readonly #process: LocalProcess;

  constructor(
    spec: LocalProcessSpec,
    readonly url: string,
    { keepAlive, onGiveUp, onRestarted }: StackProcessOptions,
  ) {
    this.keepAlive = keepAlive;
    this.#process = new LocalProcess(spec);
    this.#process.onUnaskedEnd(
      restartUnasked({
        name: spec.name,
        isWanted: () => this.keepAlive,
        start: () => this.start(),
        pid: () => this.pid,
        onLine: spec.onLine,
        onGiveUp,
        onRestarted,
      }),
    );
  }

  get name(): string {
    return this.#process.name;
  }

  get logFile(): string {
    return this.#process.spec.logFile;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Starts it and waits until it is ready. */
  start(): Promise<void> {
    return this.#process.start();
  }

  /** Ends it with SIGTERM (or another signal) and waits; it is not started again. */
  stop(signal?: NodeJS.Signals): Promise<void> {
    return this.#process.stop(signal);
  }

  /** Sends a signal as a fault would; with keepAlive it is started again when that ended it. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#process.kill(signal);
  }

  /** Freezes it: its connections stay open and nothing answers. */
  pause(): void {
    this.#process.pause();
  }

  resume(): void {
    this.#process.resume();
  }

  async restart(signal?: NodeJS.Signals): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  waitReady(): Promise<void> {
    return this.#process.waitReady();
  }

  /** Resolves when the process that runs now has ended. */
  ended(withinMs?: number): Promise<void> {
    return this.#process.ended(withinMs);
  }
}
