import type { Log } from '@signalbox/runtime';
import type { AccountDocument } from './account-document.js';

/** What one pass takes on. */
const mostAPass = 500;

/** Accounts whose listing was made by older rules, or never. */
export interface AccountsToList {
  findUnlisted(limit: number): Promise<AccountDocument[]>;
  /** Each only while it is at the version that was read: a change makes the listing anew by itself. */
  writeListings(accounts: readonly AccountDocument[]): Promise<void>;
}

/**
 * Makes the listings that no change has made: of accounts from before there were listings, and of all when a new release
 * computes something else. Any number of registries may do it at once; none ever goes back to older rules.
 */
export class FillListings {
  constructor(
    private readonly accounts: AccountsToList,
    private readonly log: Log,
  ) {}

  /** One pass. @returns whether there is more to do at once. */
  async execute(): Promise<boolean> {
    const unlisted = await this.accounts.findUnlisted(mostAPass);
    if (unlisted.length === 0) return false;
    await this.accounts.writeListings(unlisted);
    this.log.info({ event: 'accounts.listed', listed: unlisted.length }, 'accounts.listed');
    return unlisted.length === mostAPass;
  }
}
