import type { AddressFacts } from '@signalbox/domain';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import { Schema, type Connection, type Model } from 'mongoose';

/** What is known of one mailbox of one account, without the address: `_id` = account:keyed hash. No document: nothing is. */
export interface AddressFactsDocument extends AddressFacts {
  _id: string;
  account: string;
  addressHash: string;
}

export const addressFactsId = (account: string, addressHash: string): string => `${account}:${addressHash}`;

const addressFactsSchema = new Schema<AddressFactsDocument>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    addressHash: { type: String, required: true },
    confirmedAt: { type: Date, default: null },
    lastAcceptedAt: { type: Date, default: null },
    lastBouncedAt: { type: Date, default: null },
  },
  { ...schemaOptions, collection: 'addressFacts' },
);
addressFactsSchema.index({ account: 1 });
addressFactsSchema.index({ addressHash: 1 });

export const addressFactsModel = (connection: Connection): Model<AddressFactsDocument> =>
  modelOf(connection, 'AddressFacts', addressFactsSchema);
