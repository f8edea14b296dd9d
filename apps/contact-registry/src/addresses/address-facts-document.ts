import type { DeliveryState } from '@signalbox/contracts';
import type { AddressFacts } from '@signalbox/domain';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import { Schema, type Connection, type Model } from 'mongoose';

/** What is known of one mailbox of one account, without the address: `_id` = account:keyed hash. No document: nothing is. */
export interface AddressFactsDocument extends AddressFacts {
  _id: string;
  account: string;
  addressHash: string;
  lastTest: LastTest | null;
}

/** The last test mail to a mailbox, and what came of it, for longer than the mail itself is kept. */
export interface LastTest {
  mail: string;
  at: Date;
  outcome: DeliveryState;
  /** The mail server's, addresses masked. */
  reply: string | null;
}

/** How far the ends of account mails are noted; one document. */
export interface NotedMails {
  _id: string;
  until: Date;
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
    lastTest: { type: Schema.Types.Mixed, default: null },
  },
  { ...schemaOptions, collection: 'addressFacts' },
);
addressFactsSchema.index({ account: 1 });
addressFactsSchema.index({ addressHash: 1 });

export const addressFactsModel = (connection: Connection): Model<AddressFactsDocument> =>
  modelOf(connection, 'AddressFacts', addressFactsSchema);

const notedMailsSchema = new Schema<NotedMails>(
  { _id: { type: String, required: true }, until: { type: Date, required: true } },
  { ...schemaOptions, collection: 'notedMails' },
);

export const notedMailsModel = (connection: Connection): Model<NotedMails> =>
  modelOf(connection, 'NotedMails', notedMailsSchema);
