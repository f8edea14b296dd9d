import type { SignalboxEvent } from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';

/**
 * Alike for two events that say the same: SHA-256 over kind, account and data (the environment is in the data), with the
 * keys in order, since another producer may write them in another. An id used again with another hash is a conflict.
 */
export function bodyHash({ kind, account, data }: Pick<SignalboxEvent, 'kind' | 'account' | 'data'>): string {
  return sha256Hex(JSON.stringify(inKeyOrder({ kind, account, data })));
}

/** Recursion is safe here: the data is parsed, so it is as deep as its schema. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  // As pairs, because an object would put keys that look like numbers first and could not hold `__proto__`.
  return Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, held]) => [name, inKeyOrder(held)]);
}
