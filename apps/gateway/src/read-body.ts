import { ProblemError } from '@signalbox/runtime';
import type { Readable } from 'node:stream';

/**
 * Reads a body to its end and keeps its first bytes. For the door of monitors, where a body that is too large must not
 * be refused: what is kept is one byte more than `mostBytes` at most, and that byte says that there was more.
 * @throws ProblemError `invalid-request` when the connection ends before the body does.
 */
export async function readBody(request: Readable, mostBytes: number): Promise<Buffer> {
  const kept: Buffer[] = [];
  let room = mostBytes + 1;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      if (room <= 0) continue;
      kept.push(piece.subarray(0, room));
      room -= piece.length;
    }
  } catch (cause) {
    throw new ProblemError('invalid-request', 'The body could not be read to its end.', { cause });
  }
  return Buffer.concat(kept);
}
