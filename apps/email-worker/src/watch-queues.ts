import type { CountedState } from '@signalbox/queue';
import type { Metrics } from '@signalbox/runtime';

/** Counts jobs. `DeliveryJobs` does. */
export interface JobCounts {
  counts(): Promise<
    readonly { readonly queue: string; readonly state: CountedState; readonly jobs: number }[]
  >;
}

const usualEveryMs = 5_000;

/**
 * Keeps `signalbox_queue_jobs` near the truth.
 * @returns stops it.
 */
export function watchQueues(jobs: JobCounts, metrics: Metrics, everyMs = usualEveryMs): () => void {
  const gauge = metrics.gauge('signalbox_queue_jobs');
  const observe = async (): Promise<void> => {
    const counted = await jobs.counts();
    for (const { queue, state, jobs: count } of counted) gauge.set({ queue, state }, count);
  };
  // Redis away: the last numbers would be a lie, so there are none until it is back.
  const timer = setInterval(() => void observe().catch(() => gauge.reset()), everyMs);
  return () => clearInterval(timer);
}
