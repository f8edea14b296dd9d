import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.js';

const Identity = z.object({ pid: z.int().min(2), startedAt: z.string() });
const PidFile = z.object({ ...Identity.shape, parent: Identity });
export type PidFile = z.infer<typeof PidFile>;

/** What a pid file left behind says about now. */
export type Leftover =
  | { readonly state: 'none' }
  | { readonly state: 'gone'; readonly pid: number | undefined }
  | { readonly state: 'orphan'; readonly process: ProcessIdentity }
  | { readonly state: 'in-use'; readonly process: ProcessIdentity; readonly parent: ProcessIdentity };

/** Notes which process runs and which one started it, so that a later run can tell an orphan from a neighbour. */
export function writePidFile(path: string, pid: number): void {
  const started = identityOf(pid);
  const parent = identityOf(process.pid);
  if (started === undefined || parent === undefined) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...started, parent } satisfies PidFile));
}

export const removePidFile = (path: string): void => rmSync(path, { force: true });

/** Reads a pid file. One that cannot be read (half written by a killed run) names nobody. */
export function readLeftover(
  path: string,
  alive: (identity: ProcessIdentity) => boolean = isAlive,
): Leftover {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { state: 'none' };
  }
  const file = parsePidFile(text);
  if (file === undefined) return { state: 'gone', pid: undefined };
  const started = { pid: file.pid, startedAt: file.startedAt };
  if (!alive(started)) return { state: 'gone', pid: file.pid };
  return alive(file.parent)
    ? { state: 'in-use', process: started, parent: file.parent }
    : { state: 'orphan', process: started };
}

function parsePidFile(text: string): PidFile | undefined {
  try {
    return PidFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
