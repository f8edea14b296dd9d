import type { Connection, Model } from 'mongoose';
import { addressFactsId, addressFactsModel, type AddressFactsDocument } from './address-facts-document.js';
import type { LatestObservation, ObservedFacts } from './observe-addresses.js';

/** All that is done to the collection `addressFacts`. */
export class AddressFactsStore implements ObservedFacts {
  private readonly facts: Model<AddressFactsDocument>;

  constructor(connection: Connection) {
    this.facts = addressFactsModel(connection);
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
            $setOnInsert: { account, addressHash, confirmedAt: null },
            $max: { lastAcceptedAt, lastBouncedAt },
          },
          upsert: true,
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  }

  /** What is known of the mailboxes of an account, by their hashes. */
  async ofAccount(account: string): Promise<ReadonlyMap<string, AddressFactsDocument>> {
    const found = await this.facts.find({ account }).lean<AddressFactsDocument[]>();
    return new Map(found.map((each) => [each.addressHash, each]));
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
