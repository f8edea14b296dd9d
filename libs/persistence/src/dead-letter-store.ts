import type { Connection } from 'mongoose';
import type { DeadLetter, DeadLetterHandled, DeadLetterListQuery } from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { deadLetterModel } from './models.js';

/** What could not be read, kept for people. */
export function createDeadLetterStore(connection: Connection) {
  const letters = deadLetterModel(connection);
  return {
    async record(batch: readonly DeadLetter[]): Promise<void> {
      await insertOnce(letters, batch);
    },

    /** Those of these ids that are kept, in no order. */
    find: (ids: readonly string[]): Promise<DeadLetter[]> =>
      letters.find({ _id: { $in: [...ids] } }).lean<DeadLetter[]>(),

    /** One page, newest first. `after` is the last one of the page before. */
    list: (
      { state, reason, limit }: Omit<DeadLetterListQuery, 'cursor'>,
      after: { readonly at: Date; readonly id: string } | undefined,
    ): Promise<DeadLetter[]> =>
      letters
        .find({
          ...(state !== undefined && { state }),
          ...(reason !== undefined && { reason }),
          ...(after && {
            $or: [{ failedAt: { $lt: after.at } }, { failedAt: after.at, _id: { $lt: after.id } }],
          }),
        })
        .sort({ failedAt: -1, _id: -1 })
        .limit(limit)
        .lean<DeadLetter[]>(),

    /** Says what was done; of one that is replayed again the last time. */
    async handle(
      ids: readonly string[],
      state: Exclude<DeadLetter['state'], 'open'>,
      handled: DeadLetterHandled,
    ): Promise<void> {
      await letters.updateMany({ _id: { $in: [...ids] } }, { $set: { state, handled } });
    },
  };
}

export type DeadLetterStore = ReturnType<typeof createDeadLetterStore>;
