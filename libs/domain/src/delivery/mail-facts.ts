import type { EventData } from '@signalbox/contracts';

/** From this age on a mail says in its first line that it is late. */
export const lateAfterMs = 2 * 60_000;

/**
 * How many whole minutes after its event a mail goes out, or undefined when that is not worth a line.
 * @param happenedAt when it happened, as the sender says.
 */
export function lateByMinutes(happenedAt: Date, now: Date): number | undefined {
  const ageMs = now.getTime() - happenedAt.getTime();
  return ageMs > lateAfterMs ? Math.floor(ageMs / 60_000) : undefined;
}

/** Whether an event tells that something is over: a resolved alert, or one that names what it ends. */
export function isAllClear(
  data: Pick<EventData, 'environment' | 'resolves'> & { readonly status?: unknown },
): boolean {
  return data.resolves !== undefined || data.status === 'resolved';
}
