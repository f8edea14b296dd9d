import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const StackFile = z.object({
  gateway: z.string(),
  mailbox: z.string(),
  kafka: z.string(),
  mongo: z.string(),
  redis: z.string(),
  smtp: z.string(),
  keys: z.object({ sender: z.string(), operator: z.string(), support: z.string() }),
  signIn: z.record(z.string(), z.string()),
  pids: z.record(z.string(), z.number()),
  engines: z.record(z.string(), z.string()),
});
/** What a running stack tells other programs; it is there exactly while the stack is ready. */
export type StackFile = z.infer<typeof StackFile>;

const fileIn = (dir: string): string => join(dir, 'stack.json');

/** It holds keys, hence readable by its owner alone. Who reads it meanwhile gets the old one or the new one, whole. */
export function writeStackFile(dir: string, stack: StackFile): void {
  const beside = `${fileIn(dir)}.new`;
  writeFileSync(beside, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, fileIn(dir));
}

export const removeStackFile = (dir: string): void => rmSync(fileIn(dir), { force: true });

/** Undefined when no stack has written one. */
export function readStackFile(dir: string): StackFile | undefined {
  try {
    return StackFile.parse(JSON.parse(readFileSync(fileIn(dir), 'utf8')));
  } catch {
    return undefined;
  }
}
