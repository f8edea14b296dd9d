import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { repositoryRoot } from '../paths.js';

export interface VisibleRun {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Shows the output only when the run failed. */
  readonly quiet?: boolean;
  /** A file that the program writes when its work is done; one that lives on for long after that is ended. */
  readonly doneFile?: string;
}

/** How long a program may still clean up after its work is done. */
const cleanUpWithinMs = 60_000;

/** The exit status of a program that never ended by itself after its work was done. */
export const hungStatus = 124;

/** Runs a Node program of the workspace to its end and gives its exit status. */
export function runVisibly({
  args,
  env = process.env,
  quiet = false,
  doneFile,
}: VisibleRun): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: repositoryRoot,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const output: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
    const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
    let isHung = false;
    const watch = setInterval(() => {
      if (doneFile === undefined || !isOlderThan(doneFile, cleanUpWithinMs)) return;
      isHung = true;
      child.kill('SIGKILL');
    }, 1_000);
    child.once('close', (code) => {
      clearInterval(watch);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, forward);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(isHung ? hungStatus : (code ?? 1));
    });
  });
}

function isOlderThan(file: string, ms: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > ms;
}
