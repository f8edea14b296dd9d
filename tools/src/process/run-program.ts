import { spawn } from 'node:child_process';

export interface ProgramResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** Runs a program to its end and gives what it said. One that cannot be started gives status 127. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs }: RunOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString('utf8');
    child.once('error', (error) => resolve({ status: 127, stdout: '', stderr: error.message }));
    child.once('close', (code) => resolve({ status: code ?? 1, stdout: text(stdout), stderr: text(stderr) }));
  });
}
