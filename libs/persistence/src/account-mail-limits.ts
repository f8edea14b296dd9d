import { randomUUID } from 'node:crypto';
import { Schema, type Connection, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.js';
import { fromNow } from './from-now.js';
import { modelOf, schemaOptions } from './models.js';

/** What was admitted under one key within the window that ends now. */
export interface AccountMailLimit {
  _id: string;
  times: Date[];
  /** The call that was admitted last, or null when the last one was not. */
  admitted: string | null;
  /** From then on nothing in it counts. */
  until: Date;
}

const limitSchema = new Schema<AccountMailLimit>(
  {
    _id: { type: String, required: true },
    times: { type: [Date], required: true },
    admitted: { type: String, default: null },
    until: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'accountMailLimits' },
);
limitSchema.index({ until: 1 }, { expireAfterSeconds: 0 });

export const accountMailLimitModel = (connection: Connection): Model<AccountMailLimit> =>
  modelOf(connection, 'AccountMailLimit', limitSchema);

/**
 * Counts calls in a sliding window on the database's clock. One update decides and counts, so that calls at the same time
 * cannot all be the last one that is let through.
 */
export function createAccountMailLimits(connection: Connection) {
  const limits = accountMailLimitModel(connection);

  async function admit(key: string, most: number, withinMs: number): Promise<boolean> {
    const call = randomUUID();
    const isRecent = { $gt: ['$$this', { $subtract: ['$$NOW', withinMs] }] };
    const isAdmitted = { $eq: ['$admitted', { $literal: call }] };
    try {
      const counted = await limits
        .findOneAndUpdate(
          { _id: key },
          [
            { $set: { times: { $filter: { input: { $ifNull: ['$times', []] }, cond: isRecent } } } },
            {
              $set: { admitted: { $cond: [{ $lt: [{ $size: '$times' }, most] }, { $literal: call }, null] } },
            },
            {
              $set: {
                times: { $cond: [isAdmitted, { $concatArrays: ['$times', ['$$NOW']] }, '$times'] },
                until: fromNow(withinMs),
              },
            },
          ],
          { upsert: true, updatePipeline: true, returnDocument: 'after' },
        )
        .lean<AccountMailLimit>();
      return counted?.admitted === call;
    } catch (error) {
      // Another call made the document between our looking and our writing; now it is there.
      if (isDuplicateKey(error)) return admit(key, most, withinMs);
      throw error;
    }
  }

  return {
    /** @returns whether this call is one of the `most` within `withinMs`; one that is not does not count. */
    admit: (key: string, { most, withinMs }: { readonly most: number; readonly withinMs: number }) =>
      admit(key, most, withinMs),

    /**
     * How long a key waits, in milliseconds on the database's clock, until one more is let through: the earliest of those
     * that count has left the window then. 0 when it need not wait.
     */
    async againInMs(
      key: string,
      { most, withinMs }: { readonly most: number; readonly withinMs: number },
    ): Promise<number> {
      const leavesAt = { $add: [{ $arrayElemAt: ['$times', -most] }, withinMs] };
      const [found] = await limits.aggregate<{ ms: number | null }>([
        { $match: { _id: key } },
        { $project: { ms: { $subtract: [leavesAt, '$$NOW'] } } },
      ]);
      return Math.max(0, found?.ms ?? 0);
    },
  };
}

export type AccountMailLimits = ReturnType<typeof createAccountMailLimits>;
