import type { Dispatch } from '@signalbox/contracts';
import type { Advance } from './advance-each.js';

export interface FollowContactsParts {
  readonly views: { versionsOf(accounts: readonly string[]): Promise<ReadonlyMap<string, number>> };
  readonly dispatches: {
    openBehind(
      accounts: readonly { readonly account: string; readonly version: number }[],
    ): Promise<string[]>;
  };
  readonly advance: Advance;
}

/**
 * A delivery that no mail server has accepted yet follows the contacts. Two races close here: contacts applied between
 * a batch's reading of them and its insert (`followMoved`), and contacts applied while dispatches were open
 * (`followApplied`).
 */
export class FollowContacts {
  constructor(private readonly parts: FollowContactsParts) {}

  /** Reads the versions again after the insert, and advances those that were decided with an older one. */
  async followMoved(
    dispatches: readonly Pick<Dispatch, '_id' | 'event' | 'contactVersion'>[],
  ): Promise<void> {
    if (dispatches.length === 0) return;
    const versions = await this.parts.views.versionsOf([
      ...new Set(dispatches.map(({ event }) => event.account)),
    ]);
    const moved = dispatches.filter(
      ({ event, contactVersion }) => (versions.get(event.account) ?? 0) > (contactVersion ?? 0),
    );
    await this.parts.advance.execute(moved.map(({ _id }) => _id));
  }

  /** These accounts' contacts have just been applied: their open dispatches follow. */
  async followApplied(
    accounts: readonly { readonly account: string; readonly version: number }[],
  ): Promise<void> {
    await this.parts.advance.execute(await this.parts.dispatches.openBehind(accounts));
  }
}
