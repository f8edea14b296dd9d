import type { DeliveryJob, Lane } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';

export interface JobToAdd extends DeliveryJob {
  readonly lane: Lane;
  /** The event reaches few people: in the emergency lane it goes before a mass one. */
  readonly single?: boolean;
}
export interface DeliveryJobs {
  addAll(jobs: readonly JobToAdd[]): Promise<void>;
}

/**
 * Adds jobs, and goes on without when Redis is away: the deliveries stand in the database, and the sweeper adds their
 * jobs when Redis is back. Redis is disposable; recording does not wait for it.
 */
export class OfferJobs {
  private leftBehind = false;

  constructor(
    private readonly jobs: DeliveryJobs,
    private readonly log: Log,
  ) {}

  async offer(batch: readonly JobToAdd[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      await this.jobs.addAll(batch);
    } catch (error) {
      this.leftBehind = true;
      this.log.error(
        { event: 'operator.alarm', alarm: 'queue-away', jobs: batch.length, err: error },
        'operator.alarm',
      );
    }
  }

  /**
   * Whether jobs were left to the sweeper. It only makes the sweeper quicker: what it would miss through a crash of this
   * process is found by its due time all the same.
   */
  hasLeftBehind(): boolean {
    return this.leftBehind;
  }

  /** The sweeper has added them. */
  forgetLeftBehind(): void {
    this.leftBehind = false;
  }
}
