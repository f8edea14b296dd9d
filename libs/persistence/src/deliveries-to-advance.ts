import type { Connection } from 'mongoose';
import type { Delivery } from '@signalbox/contracts';
import { deliveryModel } from './models.js';
import { databaseNow, takeOverdue, type OverdueLimits } from './take-overdue.js';

export type OverdueDelivery = Pick<Delivery, '_id' | 'lane' | 'attempt' | 'mailing'>;

/** The deliveries that somebody must look at: ended ones nobody has reported yet, and overdue ones without a job. */
export function createDeliveriesToAdvance(connection: Connection) {
  const deliveries = deliveryModel(connection);
  return {
    /** Ended deliveries that their dispatch has not taken into account yet, oldest first. */
    unreported: (most: number): Promise<Delivery[]> =>
      deliveries.find({ unreported: true }).sort({ settledAt: 1 }).limit(most).lean<Delivery[]>(),

    /** Ended deliveries whose outcome could not be published when their dispatch was advanced, oldest first. */
    unpublished: (most: number): Promise<Delivery[]> =>
      deliveries.find({ unpublished: true }).sort({ settledAt: 1 }).limit(most).lean<Delivery[]>(),

    /** The dispatches know; `isPublished` says whether Kafka does. */
    async markReported(ids: readonly string[], isPublished: boolean): Promise<void> {
      if (ids.length === 0) return;
      await deliveries.updateMany(
        { _id: { $in: [...ids] }, unreported: true },
        { $unset: { unreported: 1 }, ...(!isPublished && { $set: { unpublished: true } }) },
      );
    },

    async markPublished(ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await deliveries.updateMany(
        { _id: { $in: [...ids] }, unpublished: true },
        { $unset: { unpublished: 1 } },
      );
    },

    /** The database's clock, for the limits below. */
    now: (): Promise<Date> => databaseNow(connection),

    /** Deliveries that should be running and may have no job. */
    takeOverdue: (limits: OverdueLimits): Promise<OverdueDelivery[]> =>
      takeOverdue(connection, deliveries, limits, ['lane', 'attempt', 'mailing']),

    /** How many deliveries are due and untouched for longer than the given time; a metric. */
    countOverdue: async (overdueMs: number): Promise<number> =>
      deliveries.countDocuments({
        state: 'pending',
        nextAttemptAt: { $lt: new Date((await databaseNow(connection)).getTime() - overdueMs) },
      }),
  };
}

export type DeliveriesToAdvance = ReturnType<typeof createDeliveriesToAdvance>;
