import { modelOf, schemaOptions } from '@signalbox/persistence';
import { Schema, type Connection, type Model } from 'mongoose';

/** A link that confirms one mailbox for one account, once. Its token stands in the mail alone. */
export interface AddressConfirmation {
  /** SHA-256 of the token in lower-case hex. */
  _id: string;
  account: string;
  /** Keyed hash of the mailbox. */
  addressHash: string;
  expiresAt: Date;
  usedAt: Date | null;
  /** Kept some days after its end, so that a link which no longer holds can say why. */
  forgetAt: Date;
}

const confirmationSchema = new Schema<AddressConfirmation>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    addressHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
    forgetAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'addressConfirmations' },
);
confirmationSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
confirmationSchema.index({ addressHash: 1 });

export const confirmationModel = (connection: Connection): Model<AddressConfirmation> =>
  modelOf(connection, 'AddressConfirmation', confirmationSchema);
