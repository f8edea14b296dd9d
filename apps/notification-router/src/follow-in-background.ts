import type { Log } from '@signalbox/runtime';
import type { AppliedAccount } from './apply-contacts.js';

/**
 * Lets open dispatches follow contacts that have been applied, without keeping the next contacts waiting. What a crash
 * leaves undone the sweeper finds: open dispatches whose version is behind the view.
 */
export class FollowInBackground {
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly follow: { followApplied(accounts: readonly AppliedAccount[]): Promise<void> },
    private readonly log: Log,
  ) {}

  start(accounts: readonly AppliedAccount[]): void {
    if (accounts.length === 0) return;
    this.running = this.running.then(() =>
      this.follow.followApplied(accounts).catch((error: unknown) => {
        this.log.warn({ event: 'contacts.follow-failed', err: error }, 'contacts.follow-failed');
      }),
    );
  }

  /** Resolves when what was started is done; for the drain. */
  settled(): Promise<void> {
    return this.running;
  }
}
