import type { Log } from '@signalbox/runtime';

export interface Advance {
  execute(ids: readonly string[]): Promise<void>;
}

/**
 * Advances dispatches together, and one by one where that fails: one that cannot be advanced holds up no other.
 * @returns those that were advanced; the others are logged.
 */
export async function advanceEach(
  advance: Advance,
  ids: readonly string[],
  log: Log,
): Promise<ReadonlySet<string>> {
  try {
    await advance.execute(ids);
    return new Set(ids);
  } catch (err) {
    log.warn({ event: 'dispatches.not-advanced', count: ids.length, err }, 'dispatches.not-advanced');
  }
  const advanced = new Set<string>();
  for (const id of ids) {
    try {
      await advance.execute([id]);
      advanced.add(id);
    } catch (err) {
      log.error({ event: 'dispatch.not-advanced', dispatch: id, err }, 'dispatch.not-advanced');
    }
  }
  return advanced;
}
