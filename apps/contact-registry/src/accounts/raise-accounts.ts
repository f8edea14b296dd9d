import type { Log } from '@signalbox/runtime';
import type { Asker } from './asker.js';

/** What a router holds of an account. */
export interface HeldAccount {
  readonly account: string;
  readonly heldVersion: number;
  /** The topic has two different snapshots of this version, and nobody can tell which of them is held. */
  readonly differs: boolean;
}

export interface AccountRaises {
  /**
   * In one write an account: its version becomes one more than is held, and is to be published.
   * @returns the accounts that were behind what is held; all others are left as they are.
   */
  raiseAbove(held: readonly HeldAccount[], asker: Asker): Promise<string[]>;
}

/**
 * Routers apply upwards only, so an account that fell behind what they hold would never be heard of again: the registry
 * came back from a backup, or somebody else wrote to the topic. It gets a version above all of that and is published with
 * it. Where the registry is not behind, a router met a record that was old, and there is nothing to do.
 */
export class RaiseAccounts {
  constructor(
    private readonly accounts: AccountRaises,
    private readonly log: Log,
  ) {}

  /** @returns the accounts that were behind; some registry's next pass publishes them. */
  async execute(held: readonly HeldAccount[], asker: Asker): Promise<string[]> {
    const raised = await this.accounts.raiseAbove(held, asker);
    if (raised.length > 0)
      this.log.warn({ event: 'contacts.raised', accounts: raised, by: asker.by }, 'contacts.raised');
    return raised;
  }
}
