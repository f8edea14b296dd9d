import type { AddressFacts } from '@signalbox/domain';
import type { Clock, KeyedHash } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import { addressListingOf, type AddressListing } from '../accounts/address-listing.js';
import { knownAddresses } from './known-addresses.js';

/** What one pass takes on, of those it was told of and of those that are due. */
const mostAPass = 500;
/** Nobody says so when a process dies with what it had still to tell; that heals within a day. */
const lookAgainAfterMs = 24 * 60 * 60 * 1000;

/**
 * Tells the operators' lists how the addresses of an account are: their states, and the advice that follows from what is
 * known of them. Whoever learns something of an address says which account it was about. A change of an account, its
 * listing made by newer rules, and the instant when an address turns stale make it due by what is stored, for whichever
 * registry comes first.
 */
export class RefreshAddressStates {
  private readonly waiting = new Set<string>();

  constructor(private readonly parts: RefreshAddressStatesParts) {}

  /** Has the next pass look at these accounts. */
  later(accounts: readonly string[]): void {
    for (const account of accounts) this.waiting.add(account);
  }

  /** One pass. @returns whether there is more to do at once. */
  async execute(): Promise<boolean> {
    const now = this.parts.clock.now();
    const told = [...this.waiting].slice(0, mostAPass);
    // Before reading: what is learnt meanwhile makes it wait again.
    for (const id of told) this.waiting.delete(id);
    try {
      const due = await this.parts.accounts.findAddressesDue(now, mostAPass);
      const asked = told.length === 0 ? [] : await this.parts.accounts.findMany(told);
      await this.refresh(new Map([...due, ...asked].map((account) => [account._id, account])), now);
      return this.waiting.size > 0 || due.length === mostAPass;
    } catch (error) {
      this.later(told);
      throw error;
    }
  }

  private async refresh(accounts: ReadonlyMap<string, AccountDocument>, now: Date): Promise<void> {
    if (accounts.size === 0) return;
    const facts = await this.parts.facts.ofAccounts([...accounts.keys()]);
    const tomorrow = now.getTime() + lookAgainAfterMs;
    await this.parts.accounts.writeAddressListings(
      [...accounts.values()].map((account) => {
        const known = knownAddresses(account, facts.get(account._id) ?? new Map(), this.parts.hash, now);
        const turns = known.flatMap(({ turnsAt }) => (turnsAt === undefined ? [] : [turnsAt.getTime()]));
        return { account, listing: addressListingOf(known, new Date(Math.min(tomorrow, ...turns))) };
      }),
    );
  }
}

export interface RefreshAddressStatesParts {
  readonly accounts: AddressListings;
  readonly facts: {
    /** By account, then by the mailbox's hash. */
    ofAccounts(accounts: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, AddressFacts>>>;
  };
  readonly hash: KeyedHash;
  readonly clock: Clock;
}

export interface AddressListings {
  findMany(accounts: readonly string[]): Promise<AccountDocument[]>;
  /** Those that are to be looked at again, the longest due first. */
  findAddressesDue(now: Date, limit: number): Promise<AccountDocument[]>;
  /** Each only while it is at the version that was read: a change makes it due again. */
  writeAddressListings(
    listings: readonly { readonly account: AccountDocument; readonly listing: AddressListing }[],
  ): Promise<void>;
}
