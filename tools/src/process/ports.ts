import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { LocalStackError } from '../local-stack-error.js';

/** Below Linux's ephemeral range (32768 to 60999): a client's outgoing connection can never take such a port while its server is down. */
const freePortRange = { from: 20_000, to: 32_000 } as const;

const given = new Set<number>();

/** A port of 127.0.0.1 that nobody listens on and that this process has not given away before. */
export async function freePort(): Promise<number> {
  const size = freePortRange.to - freePortRange.from;
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const port = freePortRange.from + Math.floor(Math.random() * size);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new LocalStackError('port-taken', `No free port was found between 20000 and 32000.`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The line for a taken port: which, who needs it, and what moves it. */
export const portTakenMessage = (port: number, who: string, setting: string): string =>
  `Port ${port} is taken, and ${who} needs it: stop what listens there, or set ${setting} to another port.`;

/** @throws LocalStackError when somebody listens there. */
export async function requireFreePort(port: number, who: string, setting: string): Promise<void> {
  if (await isFree(port)) return;
  throw new LocalStackError('port-taken', portTakenMessage(port, who, setting));
}

/** The state of a listening socket in /proc/net/tcp (include/net/tcp_states.h). */
const listening = '0A';

/**
 * Whether somebody listens on the port, without connecting to it: a connection to a port of the ephemeral range that
 * nobody listens on yet can be given that very port as its own, connects to itself, and keeps the server from binding.
 * Off Linux, where that cannot be looked up, the answer is true.
 */
export function somebodyListens(port: number): boolean {
  if (process.platform !== 'linux') return true;
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].some((file) =>
    linesOf(file).some((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return state === listening && local.endsWith(`:${wanted}`);
    }),
  );
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
