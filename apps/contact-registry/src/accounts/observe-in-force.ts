import type { Clock, Metrics } from '@signalbox/runtime';
import type { PendingEntry } from './account-document.js';

/**
 * From the write of each change to its being in force, whoever published it and however late: a metric of the quick ones
 * alone would look best when Kafka is away. The write's instant is the database's clock and the end is this process's.
 */
export function observeInForce(metrics: Metrics, clock: Clock): (changes: readonly PendingEntry[]) => void {
  const histogram = metrics.histogram('signalbox_contact_change_in_force_seconds');
  return (changes) => {
    const nowMs = clock.now().getTime();
    for (const { at } of changes) histogram.observe(Math.max(0, nowMs - at.getTime()) / 1000);
  };
}
