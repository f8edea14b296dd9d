import type { AddressState } from '@signalbox/contracts';
import { addressHashParts, addressState, type AddressFacts } from '@signalbox/domain';
import type { Clock, KeyedHash } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import { addressesOf } from './addresses-of.js';

/** What one pass takes on. */
const mostAPass = 500;

/**
 * Tells the operators' lists in which states the addresses of an account are. Whoever learns something says which account
 * it was about, and the pass looks at all that it has then. What a process that dies had still to tell is told within a
 * day: every account is published once a day, and each publishing says so here. By that an address also becomes stale.
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
    const ids = [...this.waiting].slice(0, mostAPass);
    if (ids.length === 0) return false;
    // Before reading: what is learnt meanwhile makes it wait again.
    for (const id of ids) this.waiting.delete(id);
    try {
      await this.refresh(ids);
    } catch (error) {
      this.later(ids);
      throw error;
    }
    return this.waiting.size > 0;
  }

  private async refresh(ids: readonly string[]): Promise<void> {
    const [accounts, facts] = await Promise.all([
      this.parts.accounts.findMany(ids),
      this.parts.facts.ofAccounts(ids),
    ]);
    const now = this.parts.clock.now();
    for (const account of accounts) {
      const states = addressesOf(account).map(({ email }) => {
        const hash = this.parts.hash(addressHashParts(email));
        return addressState(facts.get(account._id)?.get(hash), now);
      });
      if (!isSame(states, account.listing?.addressStates ?? [])) {
        await this.parts.accounts.setAddressStates(account._id, states);
      }
    }
  }
}

/** As sets: each state counts once. */
const isSame = (one: readonly AddressState[], other: readonly AddressState[]): boolean =>
  new Set([...one, ...other]).size === new Set(one).size && new Set(one).size === new Set(other).size;

export interface RefreshAddressStatesParts {
  readonly accounts: {
    findMany(accounts: readonly string[]): Promise<AccountDocument[]>;
    setAddressStates(account: string, states: readonly AddressState[]): Promise<void>;
  };
  readonly facts: {
    /** By account, then by the mailbox's hash. */
    ofAccounts(accounts: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, AddressFacts>>>;
  };
  readonly hash: KeyedHash;
  readonly clock: Clock;
}
