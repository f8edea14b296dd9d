import type { Connection, Model } from 'mongoose';
import {
  addressFactsId,
  addressFactsModel,
  notedMailsModel,
  type AddressFactsDocument,
  type NotedMails,
} from './address-facts-document.js';
import type { ConfirmedFacts } from './confirm-address.js';
import type { NotedFacts, TestOutcome } from './note-account-mails.js';
import type { LatestObservation, Mailbox, ObservedFacts } from './observe-addresses.js';
import type { TestedFacts } from './send-test-mails.js';

const accountMails = 'account-mails';

/** All that is done to the collections `addressFacts` and `notedMails`. */
export class AddressFactsStore implements ObservedFacts, ConfirmedFacts, TestedFacts, NotedFacts {
  private readonly facts: Model<AddressFactsDocument>;
  private readonly noted: Model<NotedMails>;

  constructor(connection: Connection) {
    this.facts = addressFactsModel(connection);
    this.noted = notedMailsModel(connection);
  }

  /** Creates what is missing of the indexes; safe to run by several processes at once. */
  async createIndexes(): Promise<void> {
    await this.facts.createIndexes();
  }

  /** The later instant stays, whatever comes in which order and how often. */
  async observe(observations: readonly LatestObservation[]): Promise<void> {
    if (observations.length === 0) return;
    await this.facts.bulkWrite(
      observations.map(({ account, addressHash, lastAcceptedAt, lastBouncedAt }) => ({
        updateOne: {
          filter: { _id: addressFactsId(account, addressHash) },
          update: {
            $setOnInsert: { account, addressHash, confirmedAt: null, lastTest: null },
            $max: { lastAcceptedAt, lastBouncedAt },
          },
          upsert: true,
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  }

  async confirm(account: string, addressHash: string, at: Date): Promise<void> {
    await this.facts.updateOne(
      { _id: addressFactsId(account, addressHash) },
      {
        $setOnInsert: { account, addressHash, lastAcceptedAt: null, lastBouncedAt: null, lastTest: null },
        $max: { confirmedAt: at },
      },
      { upsert: true },
    );
  }

  async noteTest(
    account: string,
    addressHash: string,
    { mail, at }: { readonly mail: string; readonly at: Date },
  ): Promise<void> {
    const never = { confirmedAt: null, lastAcceptedAt: null, lastBouncedAt: null };
    await this.facts.updateOne(
      { _id: addressFactsId(account, addressHash) },
      {
        $setOnInsert: { account, addressHash, ...never },
        $set: { lastTest: { mail, at, outcome: 'pending', reply: null } },
      },
      { upsert: true },
    );
  }

  /** Of a test that is not the last one any more nothing is kept. */
  async noteTestOutcomes(outcomes: readonly TestOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.facts.bulkWrite(
      outcomes.map(({ account, addressHash, mail, outcome, reply }) => ({
        updateOne: {
          filter: { _id: addressFactsId(account, addressHash), 'lastTest.mail': mail },
          update: { $set: { 'lastTest.outcome': outcome, 'lastTest.reply': reply } },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  }

  async mailsNotedUntil(): Promise<Date> {
    const found = await this.noted.findById(accountMails).lean<NotedMails>();
    return found?.until ?? new Date(0);
  }

  async noteMailsUntil(instant: Date): Promise<void> {
    await this.noted.updateOne({ _id: accountMails }, { $max: { until: instant } }, { upsert: true });
  }

  /** What is known of the mailboxes of an account, by their hashes. */
  async ofAccount(account: string): Promise<ReadonlyMap<string, AddressFactsDocument>> {
    return (await this.ofAccounts([account])).get(account) ?? new Map();
  }

  /** The same of several accounts. */
  async ofAccounts(
    accounts: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, AddressFactsDocument>>> {
    const found = await this.facts.find({ account: { $in: accounts } }).lean<AddressFactsDocument[]>();
    const byAccount = new Map<string, Map<string, AddressFactsDocument>>();
    for (const each of found) {
      const known = byAccount.get(each.account) ?? new Map<string, AddressFactsDocument>();
      byAccount.set(each.account, known.set(each.addressHash, each));
    }
    return byAccount;
  }

  async findMany(mailboxes: readonly Mailbox[]): Promise<AddressFactsDocument[]> {
    const ids = mailboxes.map(({ account, addressHash }) => addressFactsId(account, addressHash));
    return this.facts.find({ _id: { $in: ids } }).lean<AddressFactsDocument[]>();
  }

  /**
   * Forgets a mailbox: no fact of it is left. Safe to run again.
   * @param account undefined: in all accounts.
   * @returns the accounts where something was known.
   */
  async forget(addressHash: string, account?: string): Promise<string[]> {
    const which = { addressHash, ...(account !== undefined && { account }) };
    const accounts = await this.facts.distinct('account', which);
    await this.facts.deleteMany(which);
    return accounts;
  }
}
