import type { Connection, Model } from 'mongoose';
import type { ConfirmationNotes, NewConfirmation } from './ask-for-confirmation.js';
import { confirmationModel, type AddressConfirmation } from './confirmation-document.js';
import type { ConfirmationUses } from './confirm-address.js';

const rememberedMs = 30 * 24 * 60 * 60 * 1000;

/** All that is done to the collection `addressConfirmations`. */
export class ConfirmationStore implements ConfirmationNotes, ConfirmationUses {
  private readonly confirmations: Model<AddressConfirmation>;

  constructor(connection: Connection) {
    this.confirmations = confirmationModel(connection);
  }

  /** Creates what is missing of the indexes; safe to run by several processes at once. */
  async createIndexes(): Promise<void> {
    await this.confirmations.createIndexes();
  }

  async note({ sha256, account, addressHash, expiresAt }: NewConfirmation): Promise<void> {
    const forgetAt = new Date(expiresAt.getTime() + rememberedMs);
    await this.confirmations.create({ _id: sha256, account, addressHash, expiresAt, usedAt: null, forgetAt });
  }

  find(sha256: string): Promise<AddressConfirmation | null> {
    return this.confirmations.findById(sha256).lean<AddressConfirmation>().exec();
  }

  async use(sha256: string, usedAt: Date): Promise<boolean> {
    const { modifiedCount } = await this.confirmations.updateOne(
      { _id: sha256, usedAt: null },
      { $set: { usedAt } },
    );
    return modifiedCount === 1;
  }

  /** @param account undefined: in all accounts. Safe to run again. */
  async forget(addressHash: string, account?: string): Promise<void> {
    await this.confirmations.deleteMany({ addressHash, ...(account !== undefined && { account }) });
  }
}
