import type { Delivery, Dispatch } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';
import type { JobToAdd } from './offer-jobs.js';
import { jobOf } from './to-dispatch.js';

export interface SweepParts {
  readonly deliveries: {
    now(): Promise<Date>;
    takeOverdue(limits: {
      readonly dueBefore: Date;
      readonly sweptBefore: Date;
      readonly most: number;
    }): Promise<readonly Pick<Delivery, '_id' | 'lane' | 'attempt' | 'mailing'>[]>;
  };
  readonly dispatches: {
    notesLeftBehind(olderThan: Date, most: number): Promise<readonly Dispatch[]>;
    openBehindViews(most: number): Promise<string[]>;
  };
  readonly advance: Advance & { finish(noted: readonly Dispatch[]): Promise<void> };
  readonly jobs: { addAll(jobs: readonly JobToAdd[]): Promise<void> };
  /** Whether this process had to leave jobs to the sweeper. */
  readonly leftBehind: { hasLeftBehind(): boolean; forgetLeftBehind(): void };
  readonly marker: { isPresent(): Promise<boolean>; set(): Promise<void> };
  readonly log: Log;
}

/** Protocol section 5: overdue means due for longer than this; a healthy queue has taken the job long before. */
const overdueMs = 60_000;
const mostAtOnce = 5_000;
/** A note this old belongs to a process that died: applying one takes milliseconds. */
const noteAbandonedMs = 10_000;

/**
 * Finds what fell between two steps and does it: notes a crash left behind, deliveries that are due and have no job,
 * claims that ran out, open dispatches whose contacts have moved. Every part is idempotent.
 */
export class Sweep {
  constructor(private readonly parts: SweepParts) {}

  async execute(): Promise<void> {
    const { deliveries, dispatches, advance } = this.parts;
    const now = await deliveries.now();
    try {
      await advance.finish(
        await dispatches.notesLeftBehind(new Date(now.getTime() - noteAbandonedMs), mostAtOnce),
      );
      await advanceEach(advance, await dispatches.openBehindViews(mostAtOnce), this.parts.log);
    } finally {
      // Whatever cannot be decided about, mails that are due go out.
      await this.addMissingJobs(now);
    }
  }

  /**
   * When the marker is gone, Redis has lost its memory (FLUSHALL, an empty disk): everything that is due is added at
   * once, and the marker is set again only afterwards. Otherwise a backlog is added a pass at a time.
   */
  private async addMissingJobs(now: Date): Promise<void> {
    const lostMemory = !(await this.parts.marker.isPresent());
    const everything = this.parts.leftBehind.hasLeftBehind() || lostMemory;
    const limits = {
      dueBefore: everything ? now : new Date(now.getTime() - overdueMs),
      sweptBefore: everything ? now : new Date(now.getTime() - overdueMs),
      most: mostAtOnce,
    };
    for (;;) {
      const overdue = await this.parts.deliveries.takeOverdue(limits);
      await this.parts.jobs.addAll(overdue.map(jobOf));
      if (overdue.length > 0) {
        this.parts.log.warn(
          { event: 'deliveries.swept', count: overdue.length, lostMemory },
          'deliveries.swept',
        );
      }
      if (!everything || overdue.length < mostAtOnce) break;
    }
    this.parts.leftBehind.forgetLeftBehind();
    if (lostMemory) await this.parts.marker.set();
  }
}
