import type { Connection } from 'mongoose';
import { fromNow } from './from-now.js';
import { leaseModel } from './models.js';

/**
 * Lets one process of many do a periodic pass. Losing a lease early is harmless, because every pass is idempotent; it
 * only keeps two routers from doing the same work.
 * @param by this process; `forMs` how long the lease holds, on the database's clock.
 * @returns whether this process holds the lease now.
 */
export async function takeLease(
  connection: Connection,
  name: string,
  by: string,
  forMs: number,
): Promise<boolean> {
  const isFree = {
    $or: [{ $eq: ['$by', by] }, { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] }],
  };
  const held = await leaseModel(connection).findOneAndUpdate(
    { _id: name },
    [
      {
        $set: {
          by: { $cond: [isFree, by, '$by'] },
          until: {
            $cond: [isFree, fromNow(forMs), '$until'],
          },
        },
      },
    ],
    { upsert: true, updatePipeline: true, returnDocument: 'after', lean: true },
  );
  return held?.by === by;
}
