import { Schema, type Connection, type Model } from 'mongoose';
import { byMailbox, modelOf, schemaOptions } from '@signalbox/persistence';
import type {
  Actor,
  ContactInformation,
  FieldChange,
  HistoryEntry,
  IntegrationType,
  PortalUser,
} from '@signalbox/contracts';
import { accountListIndex, accountListIndexes } from './account-filter.js';
import type { AccountListing } from './listing-of.js';

/** The database of the registry, by this name in every deployment; nobody else opens it. */
export const registryDatabase = 'signalbox_registry';

/** One account is one document, so that a change of it, its outbox flag and its history entry are one atomic write. */
export interface AccountDocument {
  _id: string;
  name: string;
  integrationType: IntegrationType;
  locale: string;
  owner: string | null;
  acknowledgeWithinMinutes: number;
  launched: boolean;
  users: PortalUser[];
  /** The seven fields. */
  information: ContactInformation;
  /** Counts edits of the seven fields; the ETag. */
  revision: number;
  /** Counts everything that is published: the fields, users, account facts. */
  version: number;
  /** The newest version, or the account as such, is still to be published. */
  dirty: boolean;
  /** Counts the calls for publishing what was published already, so that none of them is lost to a send that runs. */
  republish: number;
  /** The highest version that Kafka has acknowledged and that was noted here; 0 before the first. */
  published: number;
  publishedAt: Date | null;
  /** Who may publish this account now, on the database's clock. `by` names one turn, not a process. */
  relay: { by: string; until: Date } | null;
  /** Entries not yet moved to `accountHistory`. */
  pendingHistory: PendingEntry[];
  /** What the operators' lists ask for; made by every change, and by a pass for accounts from before. */
  listing?: AccountListing;
}

/** One version, as it is stored. What stands optional here is not in entries of before it was recorded. */
export interface PendingEntry extends Pick<HistoryEntry, 'version' | 'by' | 'what' | 'changed'> {
  at: Date;
  actor?: Actor;
  from?: string | null;
  changes?: FieldChange[];
}

/** One entry an account and version; `_id` = account:version, so that moving it twice changes nothing. */
export interface HistoryDocument extends PendingEntry {
  _id: string;
  account: string;
}

const { Mixed } = Schema.Types;

const accountSchema = new Schema<AccountDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    integrationType: { type: String, required: true },
    locale: { type: String, required: true },
    owner: String,
    acknowledgeWithinMinutes: { type: Number, required: true },
    launched: { type: Boolean, required: true },
    users: { type: Mixed, required: true },
    information: { type: Mixed, required: true },
    revision: { type: Number, required: true },
    version: { type: Number, required: true },
    dirty: { type: Boolean, required: true },
    republish: { type: Number, required: true },
    published: { type: Number, required: true },
    publishedAt: Date,
    relay: { type: new Schema({ by: String, until: Date }, { _id: false }), default: null },
    pendingHistory: { type: Mixed, required: true },
    listing: Mixed,
  },
  { ...schemaOptions, collection: 'accounts' },
);
accountSchema.index({ 'relay.until': 1 }, { name: 'to publish', partialFilterExpression: { dirty: true } });
accountSchema.index({ publishedAt: 1 });
accountSchema.index({ 'listing.rules': 1 });
accountSchema.index({ 'listing.addressesDueAt': 1 });
accountSchema.index({ 'listing.mailboxes': 1, _id: 1 });
for (const field of accountListIndexes) accountSchema.index(accountListIndex(field));
accountSchema.index({ 'users.email': 1 }, { name: 'by mailbox of a user', collation: byMailbox });

const historySchema = new Schema<HistoryDocument>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    version: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    actor: Mixed,
    from: String,
    what: { type: String, required: true },
    changed: { type: [String], required: true },
    changes: Mixed,
  },
  { ...schemaOptions, collection: 'accountHistory' },
);
historySchema.index({ account: 1, version: -1 });

export const accountModel = (connection: Connection): Model<AccountDocument> =>
  modelOf(connection, 'Account', accountSchema);
export const historyModel = (connection: Connection): Model<HistoryDocument> =>
  modelOf(connection, 'AccountHistory', historySchema);
