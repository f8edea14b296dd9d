import type { Connection, Model } from 'mongoose';
import {
  accountModel,
  historyModel,
  type AccountDocument,
  type HistoryDocument,
} from '../accounts/account-document.js';
import { isUnlisted } from '../accounts/listing-stages.js';
import { apiKeyModel, type ApiKeyDocument } from '../keys/api-key-document.js';
import { forgotten } from './address-traces.js';
import type { TracesToErase } from './steps-of-erasure.js';

/** So many documents are read by one page. */
const mostAPage = 500;

/** Where the registry's own collections name an address. */
export class AddressTracesStore implements TracesToErase {
  private readonly accounts: Model<AccountDocument>;
  private readonly history: Model<HistoryDocument>;
  private readonly keys: Model<ApiKeyDocument>;

  constructor(connection: Connection) {
    this.accounts = accountModel(connection);
    this.history = historyModel(connection);
    this.keys = apiKeyModel(connection);
  }

  countNaming(mailbox: string): Promise<number> {
    return this.accounts.countDocuments({ 'listing.mailboxes': mailbox });
  }

  async areAllListed(): Promise<boolean> {
    return (await this.accounts.exists(isUnlisted)) === null;
  }

  accountsNaming(mailbox: string, after: string): Promise<AccountDocument[]> {
    return this.accounts
      .find({ 'listing.mailboxes': mailbox, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(50)
      .lean<AccountDocument[]>()
      .exec();
  }

  async isBeingPublished(address: string, mask: string): Promise<boolean> {
    const dirty = this.accounts
      .find({ dirty: true }, { pendingHistory: 1 })
      .lean<Pick<AccountDocument, 'pendingHistory'>[]>()
      .cursor({ batchSize: mostAPage });
    for await (const { pendingHistory } of dirty) {
      if (pendingHistory.some(({ what }) => what === 'erasure')) return true;
      if (isNamedIn(pendingHistory, address, mask)) return true;
    }
    return false;
  }

  async forgetOrigins(accountAndUser: string): Promise<void> {
    const [account = '', user = ''] = accountAndUser.split(':');
    await this.history.updateMany(
      { account, 'actor.kind': 'portal-user', 'actor.id': user, from: { $ne: null } },
      { $set: { from: null } },
    );
  }

  maskHistory(
    address: string,
    mask: string,
    after: string,
  ): Promise<{ changed: number; next: string | null }> {
    return maskPage(this.history, ['by', 'changes'], { address, mask, after });
  }

  maskKeys(address: string, mask: string, after: string): Promise<{ changed: number; next: string | null }> {
    return maskPage(this.keys, ['name', 'history'], { address, mask, after });
  }
}

/**
 * One page of a collection in the order of its ids: no index finds a text, so every document is read once. What is
 * masked changes for no other reason, or only grows, in the same order; a key that is used or rotated meanwhile keeps that.
 */
async function maskPage<T extends { _id: string }>(
  model: Model<T>,
  fields: readonly (keyof T & string)[],
  { address, mask, after }: { readonly address: string; readonly mask: string; readonly after: string },
): Promise<{ changed: number; next: string | null }> {
  const page = await model
    .find({ _id: { $gt: after } } as object, Object.fromEntries(fields.map((field) => [field, 1])))
    .sort({ _id: 1 })
    .limit(mostAPage)
    .lean<T[]>();
  let changed = 0;
  for (const document of page) {
    const named = fields.filter((field) => isNamedIn(document[field], address, mask));
    if (named.length === 0) continue;
    // Filtered by what was read: where somebody wrote meanwhile, the second time masks it.
    const before = Object.fromEntries(named.map((field) => [field, document[field]]));
    const masked = Object.fromEntries(
      named.map((field) => [field, forgotten(document[field], address, mask)]),
    );
    const { modifiedCount } = await model.updateOne({ _id: document._id, ...before } as object, {
      $set: masked as object,
    });
    changed += modifiedCount;
  }
  return { changed, next: page.length < mostAPage ? null : (page.at(-1)?._id ?? null) };
}

const isNamedIn = (value: unknown, address: string, mask: string): boolean =>
  value !== undefined && JSON.stringify(forgotten(value, address, mask)) !== JSON.stringify(value);
