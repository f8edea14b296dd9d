import type { OutgoingMessage } from './producer.js';

/** Of a record's own fields on the wire, generously; KIP-98 gives 7 to 30. */
const overheadBytes = 64;

/** About what a message takes on the wire, in bytes, never less. */
export function bytesOf({ key, value, headers }: OutgoingMessage): number {
  const named = Object.entries(headers).reduce(
    (sum, [name, held]) => sum + Buffer.byteLength(name) + Buffer.byteLength(held) + 16,
    0,
  );
  return overheadBytes + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '') + named;
}

/**
 * Below the broker's 1 MiB for what one send puts on one partition, so that messages which are fine alone are not refused
 * for being sent together.
 */
const mostChunkBytes = 900 * 1024;

/** The items in order, cut so that no chunk of several exceeds what a partition takes at once. */
export function chunksOf<T>(items: readonly T[], messageOf: (item: T) => OutgoingMessage): T[][] {
  const chunks: T[][] = [];
  let bytes = Infinity;
  for (const item of items) {
    const own = bytesOf(messageOf(item));
    bytes += own;
    if (bytes > mostChunkBytes) {
      chunks.push([]);
      bytes = own;
    }
    chunks.at(-1)?.push(item);
  }
  return chunks;
}
