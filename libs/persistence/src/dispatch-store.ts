import type { Connection } from 'mongoose';
import {
  openDeliveryStates,
  type Acknowledgement,
  type Delivery,
  type Dispatch,
  type DispatchChange,
  type WithdrawalReason,
} from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { deliveryModel, dispatchModel } from './models.js';
import { databaseNow } from './take-overdue.js';

/** The router's side of the dispatch store: dispatches, and inserting and withdrawing deliveries. */
export function createDispatchStore(connection: Connection) {
  const dispatches = dispatchModel(connection);
  const deliveries = deliveryModel(connection);

  return {
    /** The dispatches of these ids that exist, by id. */
    async findMany(ids: readonly string[]): Promise<Map<string, Dispatch>> {
      const found = await dispatches.find({ _id: { $in: [...ids] } }).lean<Dispatch[]>();
      return new Map(found.map((dispatch) => [dispatch._id, dispatch]));
    },

    /** Inserts what is new; answers the ids that were there already. */
    insertDispatches: (batch: readonly Dispatch[]): Promise<ReadonlySet<string>> =>
      insertOnce(dispatches, batch),

    /** Inserts deliveries; one that exists stays as it is, whatever has happened to it since. */
    async insertDeliveries(batch: readonly Delivery[]): Promise<void> {
      await insertOnce(deliveries, batch);
    },

    findDelivery: (id: string): Promise<Delivery | null> => deliveries.findById(id).lean<Delivery | null>(),

    /** All deliveries of these dispatches. */
    deliveriesOf: (ids: readonly string[]): Promise<Delivery[]> =>
      deliveries.find({ dispatch: { $in: [...ids] } }).lean<Delivery[]>(),

    /**
     * Changes dispatches, each only if its revision has not moved.
     * @returns the ids that were changed; the others want to be read again.
     */
    async change(
      changes: readonly { readonly id: string; readonly revision: number; readonly change: DispatchChange }[],
    ): Promise<ReadonlySet<string>> {
      if (changes.length === 0) return new Set();
      const { modifiedCount } = await dispatches.bulkWrite(
        changes.map(({ id, revision, change }) => ({
          updateOne: {
            filter: { _id: id, revision },
            update: { $set: { ...change, revision: revision + 1 } },
          },
        })),
        { ordered: false },
      );
      if (modifiedCount === changes.length) return new Set(changes.map(({ id }) => id));
      const now = await dispatches
        .find(
          { _id: { $in: changes.map(({ id }) => id) } },
          { revision: 1, state: 1, contactVersion: 1, rounds: 1 },
        )
        .lean<Pick<Dispatch, '_id' | 'revision' | 'state' | 'contactVersion' | 'rounds'>[]>();
      const byId = new Map(now.map((dispatch) => [dispatch._id, dispatch]));
      return new Set(
        changes
          .filter(({ id, revision, change }) => {
            const found = byId.get(id);
            // Somebody else may have written the same revision number: what was written tells whose it was.
            return found?.revision === revision + 1 && isSameChange(found, change);
          })
          .map(({ id }) => id),
      );
    },

    /** Clears the note of what was to be done to deliveries, unless a later change has left another. */
    async clearNote(ids: readonly { readonly id: string; readonly revision: number }[]): Promise<void> {
      if (ids.length === 0) return;
      await dispatches.bulkWrite(
        ids.map(({ id, revision }) => ({
          updateOne: { filter: { _id: id, revision }, update: { $set: { toApply: null } } },
        })),
        { ordered: false },
      );
    },

    /** Dispatches whose last change was noted and not finished for some time: their process died in between. */
    notesLeftBehind: (olderThan: Date, most: number): Promise<Dispatch[]> =>
      dispatches
        .find({ toApply: { $type: 'object' }, decidedAt: { $lt: olderThan } })
        .sort({ decidedAt: 1 })
        .limit(most)
        .lean<Dispatch[]>(),

    /**
     * Records who is on it, unless somebody was first; raises the revision, so that whoever advances it meanwhile reads it.
     * @returns whether this one was the first.
     */
    async acknowledge(id: string, acknowledgement: Acknowledgement): Promise<boolean> {
      const { modifiedCount } = await dispatches.updateOne(
        { _id: id, acknowledgement: null },
        { $set: { acknowledgement }, $inc: { revision: 1 } },
      );
      return modifiedCount === 1;
    },

    /**
     * An all-clear has ended these emergencies, each of the account that is named with it: nobody else's may be ended.
     * @returns those that were open.
     */
    async resolve(
      over: readonly { readonly id: string; readonly account: string }[],
      at: Date,
    ): Promise<string[]> {
      const these = over.map(({ id, account }) => ({ _id: id, 'event.account': account }));
      const open = { $or: these, open: true, 'event.kind': 'emergency' as const };
      await dispatches.updateMany(
        { ...open, resolvedAt: null },
        { $set: { resolvedAt: at }, $inc: { revision: 1 } },
      );
      const found = await dispatches.find(open, { _id: 1 }).lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** Marks open dispatches of a mailing as cancelled. @returns those that were marked. */
    async cancel(mailing: string, most: number): Promise<string[]> {
      const left = {
        'event.mailing.id': mailing,
        state: 'delivering' as const,
        cancelledAt: { $exists: false },
      };
      const found = await dispatches.find(left, { _id: 1 }).limit(most).lean<{ _id: string }[]>();
      const ids = found.map(({ _id }) => _id);
      await dispatches.updateMany(
        { _id: { $in: ids }, ...left },
        [{ $set: { cancelledAt: '$$NOW', revision: { $add: ['$revision', 1] } } }],
        { updatePipeline: true },
      );
      return ids;
    },

    /** Gives those a due time that were stored before there were any: they are decided about once more. */
    async makeDue(): Promise<void> {
      await dispatches.updateMany(
        { open: true, dueAt: { $exists: false } },
        { $set: { dueAt: await databaseNow(connection) } },
      );
    },

    /** Those that could not be advanced are due later, so that the others come first. */
    async postpone(ids: readonly string[], ms: number): Promise<void> {
      const dueAt = new Date((await databaseNow(connection)).getTime() + ms);
      await dispatches.updateMany({ _id: { $in: [...ids] }, dueAt: { $lt: dueAt } }, { $set: { dueAt } });
    },

    /** Dispatches for which it is time to decide again, those that have waited longest first. */
    async due(most: number): Promise<string[]> {
      const found = await dispatches
        .find({ dueAt: { $type: 'date', $lte: await databaseNow(connection) } }, { _id: 1 })
        .sort({ dueAt: 1 })
        .limit(most)
        .lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** Open dispatches of these accounts that were decided with an older version than the one given. */
    async openBehind(
      accounts: readonly { readonly account: string; readonly version: number }[],
    ): Promise<string[]> {
      if (accounts.length === 0) return [];
      // Compared here, because a condition for each of 500 accounts takes MongoDB a second to plan.
      const versions = new Map(accounts.map(({ account, version }) => [account, version]));
      const found = await dispatches
        .find(
          { open: true, 'event.account': { $in: [...versions.keys()] } },
          { 'event.account': 1, contactVersion: 1 },
        )
        .lean<{ _id: string; event: { account: string }; contactVersion: number | null }[]>();
      return found
        .filter(({ event, contactVersion }) => (contactVersion ?? 0) < (versions.get(event.account) ?? 0))
        .map(({ _id }) => _id);
    },

    /** Open dispatches that were decided with an older version than the router holds by now. */
    async openBehindViews(most: number): Promise<string[]> {
      const found = await dispatches.aggregate<{ _id: string }>([
        { $match: { open: true } },
        { $project: { account: '$event.account', contactVersion: 1 } },
        { $lookup: { from: 'contactViews', localField: 'account', foreignField: '_id', as: 'view' } },
        { $match: { $expr: { $gt: [{ $max: '$view.version' }, { $ifNull: ['$contactVersion', 0] }] } } },
        { $limit: most },
        { $project: { _id: 1 } },
      ]);
      return found.map(({ _id }) => _id);
    },

    /**
     * Takes back deliveries whose recipient left, or that are not wanted any more. All that are open are marked first, so that one that a worker claims
     * or gives back in between ends superseded by its own outcome; then what nobody is sending is ended at once.
     */
    async withdraw(
      ids: readonly string[],
      {
        contactVersion,
        reason,
      }: { readonly contactVersion: number | null; readonly reason: WithdrawalReason },
      by: string,
    ): Promise<void> {
      if (ids.length === 0) return;
      const _id = { $in: [...ids] };
      const transition = { at: '$$NOW', to: 'superseded', attempt: '$attempt', by, reason };
      await deliveries.bulkWrite([
        {
          updateMany: {
            filter: { _id, state: { $in: [...openDeliveryStates] } },
            update: { $set: { followVersion: contactVersion ?? 0, withdrawnBecause: reason } },
          },
        },
        {
          updateMany: {
            filter: { _id, state: 'pending' },
            update: [
              {
                $set: {
                  state: 'superseded',
                  reason,
                  nextAttemptAt: null,
                  settledAt: '$$NOW',
                  unreported: true,
                  transitions: { $concatArrays: ['$transitions', [transition]] },
                },
              },
            ],
          },
        },
      ]);
    },
  };
}

export type DispatchStore = ReturnType<typeof createDispatchStore>;

const isSameChange = (
  found: Pick<Dispatch, 'state' | 'contactVersion' | 'rounds'>,
  change: DispatchChange,
): boolean =>
  found.state === change.state &&
  found.contactVersion === change.contactVersion &&
  JSON.stringify(found.rounds) === JSON.stringify(change.rounds);
