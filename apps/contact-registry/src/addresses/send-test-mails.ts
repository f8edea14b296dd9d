import { accountMailExpiry, type AddressField, type NewAccountMail } from '@signalbox/contracts';
import { addressHashParts, offersField } from '@signalbox/domain';
import type { Clock, KeyedHash, Log } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';
import { mailAskerOf } from '../accounts/mail-asker-of.js';
import { addressesOf, oncePerMailbox, type AddressInUse } from './addresses-of.js';

export type TestMails =
  | { readonly kind: 'sent'; readonly mails: number }
  | { readonly kind: 'no-such-account' }
  | { readonly kind: 'too-many'; readonly againInMs: number }
  | { readonly kind: 'nobody-there'; readonly isOffered: boolean };

/** Sends a test mail to everybody who stands in a field, so that a partner sees whether mail arrives there. */
export class SendTestMails {
  constructor(private readonly parts: SendTestMailsParts) {}

  async execute(id: string, field: AddressField, asker: Asker): Promise<TestMails> {
    const account = await this.parts.accounts.find(id);
    if (account === null) return { kind: 'no-such-account' };
    const addresses = oncePerMailbox(addressesOf(account).filter((each) => each.field === field));
    if (addresses.length === 0) {
      return { kind: 'nobody-there', isOffered: offersField(account.integrationType, field) };
    }
    // One test is one call, however many stand in the field; what was let through counts also when sending fails.
    const which = { kind: 'test-mail', account: id, field } as const;
    if (!(await this.parts.mails.admit(which)))
      return { kind: 'too-many', againInMs: await this.parts.mails.againInMs(which) };
    for (const address of addresses) await this.send(account, address, asker);
    this.parts.log.info(
      { event: 'test-mails.asked', account: id, field, mails: addresses.length, by: asker.by },
      'test-mails.asked',
    );
    return { kind: 'sent', mails: addresses.length };
  }

  private async send(account: AccountDocument, { email, field, language }: AddressInUse, asker: Asker) {
    const at = this.parts.clock.now();
    const { id: mail } = await this.parts.mails.send({
      kind: 'test-mail',
      account: { id: account._id, name: account.name },
      address: email,
      language,
      facts: { field },
      asker: mailAskerOf(asker, account),
      expiresAt: accountMailExpiry('test-mail', at),
    });
    await this.parts.facts.noteTest(account._id, this.parts.hash(addressHashParts(email)), { mail, at });
  }
}

export interface SendTestMailsParts {
  readonly accounts: { find(account: string): Promise<AccountDocument | null> };
  readonly mails: {
    admit(which: TestOfField): Promise<boolean>;
    againInMs(which: TestOfField): Promise<number>;
    send(mail: NewAccountMail): Promise<{ readonly id: string }>;
  };
  readonly facts: TestedFacts;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

interface TestOfField {
  readonly kind: 'test-mail';
  readonly account: string;
  readonly field: AddressField;
}

export interface TestedFacts {
  noteTest(
    account: string,
    addressHash: string,
    test: { readonly mail: string; readonly at: Date },
  ): Promise<void>;
}
