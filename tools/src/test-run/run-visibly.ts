import { spawn } from 'node:child_process';
import { repositoryRoot } from '../paths.js';

export interface VisibleRun {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Shows the output only when the run failed. */
  readonly quiet?: boolean;
}

/** Runs a Node program of the workspace to its end and gives its exit status. */
export function runVisibly({ args, env = process.env, quiet = false }: VisibleRun): Promise<number> {
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
    child.once('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, forward);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}
