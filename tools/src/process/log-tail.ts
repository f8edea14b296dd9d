import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log, for the message about why its process did not come up. */
export function logTail(path: string, lines = 20): string {
  const mostBytes = 16 * 1024;
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, mostBytes));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
