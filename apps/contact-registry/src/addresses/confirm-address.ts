import { addressHashParts } from '@signalbox/domain';
import { sha256Hex, type Clock, type KeyedHash, type Log } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import { addressesOf } from './addresses-of.js';
import type { AddressConfirmation } from './confirmation-document.js';

export type ConfirmationRefusal = 'used' | 'expired' | 'unknown' | 'not-in-use';
export type Confirmation =
  | { readonly kind: 'confirmed'; readonly accountName: string; readonly confirmedAt: Date }
  | { readonly kind: 'refused'; readonly why: ConfirmationRefusal };

/**
 * Confirms the mailbox that a link was sent to, while it stands in the contact information. Of any number of callers with one token exactly one is told so.
 */
export class ConfirmAddress {
  constructor(private readonly parts: ConfirmAddressParts) {}

  async execute(token: string): Promise<Confirmation> {
    const { confirmations, facts, accounts, clock, log } = this.parts;
    const now = clock.now();
    const sha256 = sha256Hex(token);
    const found = await confirmations.find(sha256);
    const account = found && (await accounts.find(found.account));
    if (found === null || account === null) return refused('unknown');
    if (!this.isInUse(found.addressHash, account)) return refused('not-in-use');
    if (found.usedAt !== null) return refused('used');
    if (found.expiresAt <= now) return refused('expired');
    // The fact first: whoever comes with the token has it from the mail, and a stop in between leaves a link that holds.
    await facts.confirm(found.account, found.addressHash, now);
    this.parts.states.later([found.account]);
    if (!(await confirmations.use(sha256, now))) return refused('used');
    const { addressHash } = found;
    log.info({ event: 'address.confirmed', account: found.account, addressHash }, 'address.confirmed');
    return { kind: 'confirmed', accountName: account.name, confirmedAt: now };
  }

  private isInUse(addressHash: string, account: AccountDocument): boolean {
    return addressesOf(account).some(({ email }) => this.parts.hash(addressHashParts(email)) === addressHash);
  }
}

const refused = (why: ConfirmationRefusal): Confirmation => ({ kind: 'refused', why });

export interface ConfirmAddressParts {
  readonly confirmations: ConfirmationUses;
  readonly facts: ConfirmedFacts;
  readonly states: { later(accounts: readonly string[]): void };
  readonly accounts: { find(account: string): Promise<AccountDocument | null> };
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ConfirmationUses {
  find(sha256: string): Promise<AddressConfirmation | null>;
  /** @returns whether this call is the one that used it. */
  use(sha256: string, usedAt: Date): Promise<boolean>;
}

export interface ConfirmedFacts {
  confirm(account: string, addressHash: string, at: Date): Promise<void>;
}
