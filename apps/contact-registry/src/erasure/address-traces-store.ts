import { isChangedBy, maskPage, type MaskOptions, type PageMasked } from '@signalbox/persistence';
import type { Connection, Model } from 'mongoose';
import { invitationModel } from '../access/invitation-document.js';
import { staffModel } from '../access/staff-document.js';
import {
  accountModel,
  historyModel,
  type AccountDocument,
  type HistoryDocument,
} from '../accounts/account-document.js';
import { isUnlisted } from '../accounts/listing-stages.js';
import { apiKeyModel } from '../keys/api-key-document.js';
import { forgotten } from './address-traces.js';
import { erasureModel } from './erasure-document.js';
import type { TextStore, TracesToErase } from './steps-of-erasure.js';

/** So many accounts that are not published yet are read at once; a few kilobytes each. */
const batchSize = 500;

/** Where the registry's own collections name an address. */
export class AddressTracesStore implements TracesToErase {
  private readonly accounts: Model<AccountDocument>;
  private readonly history: Model<HistoryDocument>;
  private readonly texts: ReturnType<typeof textsOf>;

  constructor(connection: Connection) {
    this.accounts = accountModel(connection);
    this.history = historyModel(connection);
    this.texts = textsOf(connection);
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
      .cursor({ batchSize });
    for await (const { pendingHistory } of dirty) {
      if (pendingHistory.some(({ what }) => what === 'erasure')) return true;
      if (isChangedBy((value) => forgotten(value, address, mask), pendingHistory)) return true;
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

  mask(
    store: TextStore,
    { address, mask, after }: { readonly address: string; readonly mask: string; readonly after: string },
  ): Promise<PageMasked> {
    return this.texts[store]({ after, masked: (value) => forgotten(value, address, mask) });
  }
}

/**
 * Every field with a text that somebody chose. What is masked changes for no other reason, or only grows, in the same order;
 * a key that is used or rotated meanwhile keeps that.
 */
export const maskedFields = {
  historyEntries: ['by', 'actor', 'changes'],
  apiKeys: ['name', 'limits', 'history'],
  invitations: ['name', 'invitedBy'],
  staff: ['name'],
  erasures: ['asker'],
} as const satisfies Record<TextStore, readonly string[]>;

const textsOf = (connection: Connection) =>
  ({
    historyEntries: pagesOf(historyModel(connection), maskedFields.historyEntries),
    apiKeys: pagesOf(apiKeyModel(connection), maskedFields.apiKeys),
    invitations: pagesOf(invitationModel(connection), maskedFields.invitations),
    staff: pagesOf(staffModel(connection), maskedFields.staff),
    erasures: pagesOf(erasureModel(connection), maskedFields.erasures),
  }) satisfies Record<TextStore, unknown>;

const pagesOf =
  <T extends { _id: string }>(model: Model<T>, fields: readonly (keyof T & string)[]) =>
  (options: MaskOptions): Promise<PageMasked> =>
    maskPage(model, fields, options);
