import { addressHashParts } from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';

/** For erasure: nothing of a mailbox is known any more, and no link confirms it. */
export class ForgetAddress {
  constructor(private readonly parts: ForgetAddressParts) {}

  /**
   * Safe to run again.
   * @param account undefined: in all accounts.
   * @returns how many accounts knew something.
   */
  async execute(address: string, account?: string): Promise<number> {
    const addressHash = this.parts.hash(addressHashParts(address));
    await this.parts.confirmations.forget(addressHash, account);
    const accounts = await this.parts.facts.forget(addressHash, account);
    this.parts.states.later(accounts);
    return accounts.length;
  }
}

export interface ForgetAddressParts {
  readonly confirmations: { forget(addressHash: string, account?: string): Promise<void> };
  readonly facts: { forget(addressHash: string, account?: string): Promise<readonly string[]> };
  readonly states: { later(accounts: readonly string[]): void };
  readonly hash: KeyedHash;
}
