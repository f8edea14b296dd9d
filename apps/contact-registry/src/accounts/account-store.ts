import type { Connection, Model, PipelineStage } from 'mongoose';
import { byMailbox, fromNow, insertOnce, isDuplicateKey } from '@signalbox/persistence';
import { gather } from '@signalbox/runtime';
import type { AccountsByMailbox } from '../access/people.js';
import type { AddressListings } from '../addresses/refresh-address-states.js';
import {
  accountModel,
  historyModel,
  type AccountDocument,
  type HistoryDocument,
} from './account-document.js';
import { conditionsOf, indexHintFor } from './account-filter.js';
import type { AddressListing } from './address-listing.js';
import type { Asker } from './asker.js';
import type { AccountWrites, RecordedChange } from './change-account.js';
import { changedFields, editsInformation } from './changes-of.js';
import type { AccountsToList } from './fill-listings.js';
import { addressListingFields, isUnlisted, listingFields } from './listing-stages.js';
import { literally } from './literally.js';
import type { AccountRaises, HeldAccount } from './raise-accounts.js';
import type { AccountPage, AccountQueries } from './read-accounts.js';
import type { RelayTurns } from './publish-account.js';
import type { AccountsToRelay } from './relay-dirty-accounts.js';

/** How long one turn at publishing holds without being renewed, in milliseconds on the database's clock. */
const turnMs = 5_000;

const turnIsFree = { $lte: [{ $ifNull: ['$relay.until', new Date(0)] }, '$$NOW'] };
const turnUntil = fromNow(turnMs);
/** The turn for whoever writes, unless another one's still runs. */
const takeTurn = (turn: string) => ({
  $cond: [turnIsFree, { by: { $literal: turn }, until: turnUntil }, { $ifNull: ['$relay', null] }],
});
const turnRuns = { $gt: ['$relay.until', '$$NOW'] };
const holds = (turn: string) => ({ 'relay.by': turn, $expr: turnRuns });
const together = { withinMs: 1, most: 100 } as const;

/** All that is done to the collections `accounts` and `accountHistory`. Each method is one command but `raiseAbove`. */
export class AccountStore
  implements
    AccountWrites,
    RelayTurns,
    AccountsToRelay,
    AccountRaises,
    AccountQueries,
    AccountsByMailbox,
    AccountsToList,
    AddressListings
{
  private readonly accounts: Model<AccountDocument>;
  private readonly history: Model<HistoryDocument>;
  /** What accounts that are published at about the same time, as in an import, ask and store goes in one command. */
  private readonly holdsTurn = gather(async (asked: readonly { account: string; turn: string }[]) => {
    const found = await this.accounts
      .find({ _id: { $in: asked.map(({ account }) => account) }, $expr: turnRuns }, { 'relay.by': 1 })
      // 'local' is newer than 'majority': a turn that another has just taken counts although it may be rolled back.
      .readConcern('local')
      .lean<Pick<AccountDocument, '_id' | 'relay'>[]>();
    const holders = new Map(found.map(({ _id, relay }) => [_id, relay?.by]));
    return asked.map(({ account, turn }) => holders.get(account) === turn);
  }, together);
  private readonly moveEntries = gather(async (moved: readonly (readonly HistoryDocument[])[]) => {
    await insertOnce(this.history, moved.flat());
    return moved.map(() => undefined);
  }, together);

  constructor(connection: Connection) {
    this.accounts = accountModel(connection);
    this.history = historyModel(connection);
  }

  /** Creates what is missing of the indexes; safe to run by several processes at once. */
  async createIndexes(): Promise<void> {
    await Promise.all([this.accounts.createIndexes(), this.history.createIndexes()]);
  }

  find(account: string): Promise<AccountDocument | null> {
    return this.accounts.findById(account).lean<AccountDocument>().exec();
  }

  findMany(accounts: readonly string[]): Promise<AccountDocument[]> {
    return this.accounts
      .find({ _id: { $in: accounts } })
      .lean<AccountDocument[]>()
      .exec();
  }

  findByMailbox(mailbox: string, limit: number): Promise<AccountDocument[]> {
    return this.accounts
      .find({ 'users.email': mailbox })
      .collation(byMailbox)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<AccountDocument[]>()
      .exec();
  }

  list({ limit, after, only, filter }: AccountPage): Promise<AccountDocument[]> {
    const conditions = [
      ...conditionsOf(filter),
      ...(after === undefined ? [] : [{ _id: { $gt: after } }]),
      ...(only === undefined ? [] : [{ _id: { $in: only } }]),
    ];
    const hint = indexHintFor(filter);
    return this.accounts
      .find(conditions.length === 0 ? {} : { $and: conditions }, null, hint === undefined ? {} : { hint })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<AccountDocument[]>()
      .exec();
  }

  historyBefore(account: string, version: number, limit: number): Promise<HistoryDocument[]> {
    return this.history
      .find({ account, version: { $lt: version } })
      .sort({ version: -1 })
      .limit(limit)
      .lean<HistoryDocument[]>()
      .exec();
  }

  async write(
    current: AccountDocument,
    change: RecordedChange,
    turn: string,
  ): Promise<AccountDocument | undefined> {
    const written = await this.accounts
      .findOneAndUpdate(
        { _id: current._id, version: current.version },
        [changeStage(current, change, turn)],
        {
          updatePipeline: true,
          returnDocument: 'after',
        },
      )
      .lean<AccountDocument>();
    return written ?? undefined;
  }

  async create(account: string, change: RecordedChange, turn: string): Promise<AccountDocument | undefined> {
    try {
      const written = await this.accounts
        .findOneAndUpdate(
          // Matches no account that exists, so that the upsert of one runs into its _id instead of changing it.
          { _id: account, version: { $exists: false } },
          [{ $set: emptyAccount }, changeStage({ _id: account, information: {}, users: [] }, change, turn)],
          { updatePipeline: true, upsert: true, returnDocument: 'after' },
        )
        .lean<AccountDocument>();
      return written ?? undefined;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  isMyTurn(account: string, turn: string): Promise<boolean> {
    return this.holdsTurn({ account, turn });
  }

  async renewTurn(account: string, turn: string): Promise<void> {
    await this.accounts.updateOne(
      { _id: account, ...holds(turn) },
      [{ $set: { 'relay.until': turnUntil } }],
      {
        updatePipeline: true,
      },
    );
  }

  async settleTurn(sent: AccountDocument, turn: string): Promise<AccountDocument | undefined> {
    const { _id, version, republish } = sent;
    const moved = { $or: [{ $ne: ['$version', version] }, { $ne: ['$republish', republish] }] };
    const settled = await this.accounts
      .findOneAndUpdate(
        { _id, 'relay.by': turn },
        [
          {
            $set: {
              dirty: moved,
              published: { $max: ['$published', version] },
              publishedAt: '$$NOW',
              relay: { $cond: [moved, { by: '$relay.by', until: turnUntil }, null] },
              pendingHistory: {
                $filter: { input: '$pendingHistory', cond: { $gt: ['$$this.version', version] } },
              },
            },
          },
        ],
        { updatePipeline: true, returnDocument: 'after' },
      )
      .lean<AccountDocument>();
    return settled ?? undefined;
  }

  async giveUpTurn(account: string, turn: string): Promise<void> {
    // Ended and not removed, because the poller takes those first that have waited longest since their last try.
    await this.accounts.updateOne(
      { _id: account, 'relay.by': turn },
      [{ $set: { 'relay.until': '$$NOW' } }],
      {
        updatePipeline: true,
      },
    );
  }

  async moveHistory(account: AccountDocument): Promise<void> {
    await this.moveEntries(
      account.pendingHistory.map((entry) => ({
        _id: `${account._id}:${entry.version}`,
        account: account._id,
        ...entry,
      })),
    );
  }

  async publishedVersion(account: string): Promise<number> {
    const found = await this.accounts.findById(account, { published: 1 }).lean<{ published: number }>();
    return found?.published ?? 0;
  }

  async markDirty(accounts: readonly string[]): Promise<void> {
    await this.accounts.updateMany(
      { _id: { $in: accounts } },
      { $set: { dirty: true }, $inc: { republish: 1 } },
    );
  }

  async raiseAbove(held: readonly HeldAccount[], asker: Asker): Promise<string[]> {
    const found = await this.accounts
      .find({ _id: { $in: held.map(({ account }) => account) } }, { version: 1 })
      .lean<{ _id: string; version: number }[]>();
    const versions = new Map(found.map(({ _id, version }) => [_id, version]));
    const behind = held.filter((each) => (versions.get(each.account) ?? Infinity) < lowestWanted(each));
    if (behind.length === 0) return [];
    // Filtered by the version again, so that of two who raise one account the second changes nothing.
    await this.accounts.bulkWrite(
      behind.map((each) => ({
        updateOne: {
          filter: { _id: each.account, version: { $lt: lowestWanted(each) } },
          update: [raiseStage(each.heldVersion + 1, asker)],
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
    return behind.map(({ account }) => account);
  }

  findUnlisted(limit: number): Promise<AccountDocument[]> {
    return this.accounts.find(isUnlisted).limit(limit).lean<AccountDocument[]>().exec();
  }

  async writeListings(accounts: readonly AccountDocument[]): Promise<void> {
    await this.accounts.bulkWrite(
      accounts.map((account) => ({
        updateOne: {
          filter: { _id: account._id, version: account.version },
          update: [{ $set: listingFields(account) }],
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  }

  findAddressesDue(now: Date, limit: number): Promise<AccountDocument[]> {
    return this.accounts
      .find({ 'listing.addressesDueAt': { $lte: now } })
      .sort({ 'listing.addressesDueAt': 1 })
      .limit(limit)
      .lean<AccountDocument[]>()
      .exec();
  }

  /** For the lists alone: no new version, nothing to publish. */
  async writeAddressListings(
    listings: readonly { readonly account: AccountDocument; readonly listing: AddressListing }[],
  ): Promise<void> {
    await this.accounts.bulkWrite(
      listings.map(({ account, listing }) => ({
        updateOne: {
          filter: { _id: account._id, version: account.version },
          update: [{ $set: addressListingFields(listing) }],
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  }

  async dirtyAccounts(limit: number): Promise<string[]> {
    const found = await this.accounts
      .find({ dirty: true, $expr: turnIsFree }, { _id: 1 })
      .sort({ 'relay.until': 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return found.map(({ _id }) => _id);
  }

  async accountsPublishedBefore(instant: Date, limit: number): Promise<string[]> {
    const found = await this.accounts
      .find({ publishedAt: { $lt: instant } }, { _id: 1 })
      .sort({ publishedAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return found.map(({ _id }) => _id);
  }

  async takeTurn(account: string, turn: string): Promise<AccountDocument | undefined> {
    const taken = await this.accounts
      .findOneAndUpdate(
        { _id: account, $expr: turnIsFree },
        [{ $set: { dirty: true, relay: takeTurn(turn) } }],
        { updatePipeline: true, returnDocument: 'after' },
      )
      .lean<AccountDocument>();
    return taken ?? undefined;
  }
}

/** Below this version an account is behind what a router holds. */
const lowestWanted = ({ heldVersion, differs }: HeldAccount): number =>
  differs ? heldVersion + 1 : heldVersion;

/** What a new account has before its first change is applied to it. */
const emptyAccount = {
  users: { $literal: [] },
  information: { $literal: {} },
  launched: false,
  revision: 0,
  version: 0,
  republish: 0,
  published: 0,
  publishedAt: null,
  relay: null,
  pendingHistory: { $literal: [] },
};

/** The change, the counters, the outbox flag, the turn and the history entry, in one stage. */
function changeStage(
  current: Pick<AccountDocument, '_id' | 'information' | 'users'> & Partial<AccountDocument>,
  { set, what, changes, asker }: RecordedChange,
  turn: string,
): PipelineStage.Set {
  const nextVersion = { $add: ['$version', 1] };
  const entry = {
    version: nextVersion,
    at: '$$NOW',
    ...literally({ ...asker, what, changed: changedFields(changes), changes }),
  };
  return {
    $set: {
      ...literally(set),
      ...listingFields({ ...current, ...set } as AccountDocument),
      ...(editsInformation(changes) && { revision: { $add: ['$revision', 1] } }),
      version: nextVersion,
      dirty: true,
      relay: takeTurn(turn),
      pendingHistory: { $concatArrays: ['$pendingHistory', [entry]] },
    },
  };
}

/** Nothing of the account changes but its version, which skips those that routers have seen from elsewhere. */
function raiseStage(version: number, asker: Asker): PipelineStage.Set {
  const entry = {
    at: '$$NOW',
    ...literally({ ...asker, version, what: 'account', changed: ['version'] }),
    changes: [{ field: 'version', before: '$version', after: { $literal: version } }],
  };
  return {
    $set: {
      version: { $literal: version },
      dirty: true,
      republish: { $add: ['$republish', 1] },
      pendingHistory: { $concatArrays: ['$pendingHistory', [entry]] },
    },
  };
}
