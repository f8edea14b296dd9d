import type { Connection } from 'mongoose';
import type { Delivery, Lane } from '@signalbox/contracts';
import { deliveryModel } from './models.js';

export interface OverdueDelivery {
  readonly _id: string;
  readonly lane: Lane;
  readonly attempt: number;
}

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

    /**
     * Deliveries that should be running and may have no job: due before `dueBefore`, or claimed by somebody whose claim
     * has run out. Those answered are stamped, so that a backlog is not added again at every pass: only what was not
     * stamped since `sweptBefore` is taken.
     */
    async takeOverdue({
      dueBefore,
      sweptBefore,
      most,
    }: {
      readonly dueBefore: Date;
      readonly sweptBefore: Date;
      readonly most: number;
    }): Promise<OverdueDelivery[]> {
      const now = await databaseNow(connection);
      const notSwept = { $or: [{ sweptAt: null }, { sweptAt: { $lt: sweptBefore } }] };
      const fields = { lane: 1, attempt: 1 } as const;
      const due = await deliveries
        .find({ state: 'pending', nextAttemptAt: { $lt: dueBefore }, ...notSwept }, fields)
        .sort({ nextAttemptAt: 1 })
        .limit(most)
        .lean<OverdueDelivery[]>();
      const abandoned = await deliveries
        .find({ state: 'sending', 'claim.until': { $lt: now }, ...notSwept }, fields)
        .limit(most - due.length + 1)
        .lean<OverdueDelivery[]>();
      const taken = [...due, ...abandoned].slice(0, most);
      await deliveries.updateMany({ _id: { $in: taken.map(({ _id }) => _id) } }, { $set: { sweptAt: now } });
      return taken;
    },

    /** How many deliveries are due and untouched for longer than the given time; a metric. */
    countOverdue: async (overdueMs: number): Promise<number> =>
      deliveries.countDocuments({
        state: 'pending',
        nextAttemptAt: { $lt: new Date((await databaseNow(connection)).getTime() - overdueMs) },
      }),
  };
}

export type DeliveriesToAdvance = ReturnType<typeof createDeliveriesToAdvance>;

/** The database's clock: claims and due times are compared on it alone, whatever the hosts' clocks say. */
export async function databaseNow(connection: Connection): Promise<Date> {
  const hello = (await connection.db?.admin().command({ hello: 1 })) as { localTime?: Date } | undefined;
  if (!hello?.localTime) throw new Error('MongoDB did not tell its time');
  return hello.localTime;
}
