import { join } from 'node:path';
import { LocalProcess } from '../process/local-process.js';
import { somebodyListens } from '../process/ports.js';
import type { Engine, EngineName } from './engine.js';

export interface NativeEngineSpec {
  readonly name: EngineName;
  readonly version: string;
  readonly address: string;
  readonly dir: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  readonly onLine: (line: string) => void;
}

/** Starts an engine as a process of this machine's. When it does not come up, nothing is left running. */
export async function nativeEngine(spec: NativeEngineSpec): Promise<Engine> {
  const port = Number(/:(\d+)(?:\/|$)/.exec(spec.address)?.[1]);
  const engineProcess = new LocalProcess({
    ...spec,
    isReady: async () => somebodyListens(port) && (await spec.isReady()),
    env: { ...process.env, LC_ALL: 'C' },
    cwd: join(spec.dir, spec.name),
    logFile: join(spec.dir, 'logs', `${spec.name}.log`),
    pidFile: join(spec.dir, 'run', `${spec.name}.pid`),
    stopWithinMs: 10_000,
  });
  try {
    await engineProcess.start();
  } catch (error) {
    await engineProcess.stop('SIGKILL');
    throw error;
  }
  return {
    name: spec.name,
    description: `native ${spec.version}`,
    address: spec.address,
    get pid() {
      return engineProcess.pid;
    },
    start: () => engineProcess.start(),
    stop: (signal) => engineProcess.stop(signal),
    pause: () => Promise.resolve(engineProcess.pause()),
    resume: () => Promise.resolve(engineProcess.resume()),
    onUnaskedEnd: (listener) => engineProcess.onUnaskedEnd(listener),
  };
}
