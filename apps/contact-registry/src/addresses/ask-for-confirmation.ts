import { accountMailExpiry, mailboxOf, type NewAccountMail } from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import { newToken, sha256Hex, type Clock, type KeyedHash, type Log } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';
import { mailAskerOf } from '../accounts/mail-asker-of.js';
import type { AddressConfirmation } from './confirmation-document.js';
import { addressesOf } from './addresses-of.js';

export type AskedForConfirmation =
  | { readonly kind: 'asked'; readonly expiresAt: Date }
  | { readonly kind: 'no-such-account' | 'not-in-use' }
  | { readonly kind: 'too-many'; readonly againInMs: number };

/** Has a link sent to an address, which whoever reads there follows to confirm it. */
export class AskForConfirmation {
  constructor(private readonly parts: AskForConfirmationParts) {}

  /** @param email must stand in the account's contact information: nobody else gets mail through this. */
  async execute(id: string, email: string, asker: Asker): Promise<AskedForConfirmation> {
    const account = await this.parts.accounts.find(id);
    if (account === null) return { kind: 'no-such-account' };
    const address = addressesOf(account).find((each) => mailboxOf(each.email) === mailboxOf(email));
    if (address === undefined) return { kind: 'not-in-use' };
    const kind = 'address-confirmation';
    const which = { kind, address: address.email } as const;
    if (!(await this.parts.mails.admit(which)))
      return { kind: 'too-many', againInMs: await this.parts.mails.againInMs(which) };
    const expiresAt = accountMailExpiry(kind, this.parts.clock.now());
    const token = newToken();
    const addressHash = this.parts.hash(addressHashParts(address.email));
    // Before the mail, so that no link is ever in a mailbox that nothing here knows of.
    await this.parts.confirmations.note({ sha256: sha256Hex(token), account: id, addressHash, expiresAt });
    await this.parts.mails.send({
      kind,
      account: { id, name: account.name },
      address: address.email,
      language: address.language,
      facts: { field: address.field },
      asker: mailAskerOf(asker, account),
      secret: token,
      expiresAt,
    });
    const line = { event: 'address.confirmation-asked', account: id, addressHash, by: asker.by };
    this.parts.log.info(line, 'address.confirmation-asked');
    return { kind: 'asked', expiresAt };
  }
}

export interface AskForConfirmationParts {
  readonly accounts: { find(account: string): Promise<AccountDocument | null> };
  readonly mails: {
    admit(which: ConfirmationOf): Promise<boolean>;
    againInMs(which: ConfirmationOf): Promise<number>;
    send(mail: NewAccountMail): Promise<unknown>;
  };
  readonly confirmations: ConfirmationNotes;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

interface ConfirmationOf {
  readonly kind: 'address-confirmation';
  readonly address: string;
}

export interface ConfirmationNotes {
  note(confirmation: NewConfirmation): Promise<void>;
}

export interface NewConfirmation extends Pick<AddressConfirmation, 'account' | 'addressHash' | 'expiresAt'> {
  /** Of the token, in lower-case hex. */
  readonly sha256: string;
}
