import { Schema, type Connection, type Model } from 'mongoose';
import type { AccountMail } from '@signalbox/contracts';
import { accountMailLimitModel } from './account-mail-limits.js';
import { indexProgress, leaseModel, modelOf, progressPaths, schemaOptions } from './models.js';

/** The database of the account mails, by this name in every deployment. */
export const accountMailDatabase = 'signalbox_account_mail';

/** Mails that have ended are kept so long, without their secret, for the question what became of one. */
const keptSeconds = 30 * 24 * 60 * 60;

const { Mixed } = Schema.Types;

const accountMailSchema = new Schema<AccountMail>(
  {
    ...progressPaths,
    kind: { type: String, required: true },
    account: { type: Mixed, default: null },
    address: { type: String, required: true },
    addressHash: { type: String, required: true },
    language: { type: String, required: true },
    facts: { type: Mixed, required: true },
    askerHash: String,
    sealedSecret: { type: String, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'accountMails' },
);
indexProgress(accountMailSchema);
accountMailSchema.index({ state: 1, expiresAt: 1 });
accountMailSchema.index({ settledAt: 1 }, { expireAfterSeconds: keptSeconds });
accountMailSchema.index({ addressHash: 1, createdAt: -1 });
accountMailSchema.index({ askerHash: 1 }, { sparse: true });
accountMailSchema.index({ 'account.id': 1, createdAt: -1 });

export const accountMailModel = (connection: Connection): Model<AccountMail> =>
  modelOf(connection, 'AccountMail', accountMailSchema);

/** The database of the account mails over the connections that a process has open already. */
export const openAccountMails = (connection: Connection, database = accountMailDatabase): Connection =>
  connection.useDb(database, { useCache: true });

/** Creates what is missing of the indexes; safe to run by several processes at once. */
export async function createAccountMailIndexes(connection: Connection): Promise<void> {
  await Promise.all([
    accountMailModel(connection).createIndexes(),
    accountMailLimitModel(connection).createIndexes(),
    leaseModel(connection).createIndexes(),
  ]);
}
