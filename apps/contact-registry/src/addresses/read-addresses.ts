import { isFinal, type AccountMailRecord, type AddressView } from '@signalbox/contracts';
import { addressState, type KnownAddress } from '@signalbox/domain';
import type { Clock, KeyedHash } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { AddressFactsDocument, LastTest } from './address-facts-document.js';
import { addressesWithFacts, knownAddresses } from './known-addresses.js';

type AccountInUse = Pick<AccountDocument, '_id' | 'information' | 'users' | 'locale'>;

/** What is known of the addresses that an account has now. */
export class ReadAddresses {
  constructor(private readonly parts: ReadAddressesParts) {}

  /** Each address where it stands, in the form's order. */
  async list(account: AccountInUse): Promise<AddressView[]> {
    const { hash, clock } = this.parts;
    const known = addressesWithFacts(account, await this.parts.facts.ofAccount(account._id), hash);
    const underWay = known.flatMap(({ facts }) =>
      facts?.lastTest && !isFinal(facts.lastTest.outcome) ? [facts.lastTest.mail] : [],
    );
    // An end is noted some seconds later; who waits for it at the page sees it at once.
    const mails = underWay.length === 0 ? [] : await this.parts.mails.find([...new Set(underWay)]);
    const mailOf = new Map(mails.map((mail) => [mail._id, mail]));
    const now = clock.now();
    return known.map(({ field, email, label, facts }) => ({
      field,
      email,
      ...(label !== undefined && { label }),
      state: addressState(facts, now),
      confirmedAt: instantOf(facts?.confirmedAt),
      lastAcceptedAt: instantOf(facts?.lastAcceptedAt),
      bouncedAt: instantOf(facts?.lastBouncedAt),
      lastTest: testView(facts?.lastTest ?? null, mailOf),
    }));
  }

  /** The same as advice is made of it. */
  async forAdvice(account: AccountInUse): Promise<readonly KnownAddress[]> {
    const facts = await this.parts.facts.ofAccount(account._id);
    return knownAddresses(account, facts, this.parts.hash, this.parts.clock.now());
  }
}

function testView(
  test: LastTest | null,
  mails: ReadonlyMap<string, AccountMailRecord>,
): AddressView['lastTest'] {
  if (test === null) return null;
  const { state: outcome, reply } = mails.get(test.mail) ?? { state: test.outcome, reply: test.reply };
  return { at: test.at.toISOString(), outcome, ...(reply != null && { reply }) };
}

const instantOf = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

export interface ReadAddressesParts {
  readonly facts: { ofAccount(account: string): Promise<ReadonlyMap<string, AddressFactsDocument>> };
  readonly mails: { find(ids: readonly string[]): Promise<AccountMailRecord[]> };
  readonly hash: KeyedHash;
  readonly clock: Clock;
}
