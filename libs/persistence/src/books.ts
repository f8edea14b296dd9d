import type { Connection } from 'mongoose';
import { deliveryStates, type DeliveryState } from '@signalbox/contracts';
import { deliveryModel, dispatchModel, intakeExceptionModel } from './models.js';

export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  /** The first offset Kafka still holds. */
  readonly first: number;
  /** The offset the router will read next. */
  readonly committed: number;
}

/** The sums of both books, counted from stored facts at each call. */
export function createBooks(connection: Connection) {
  const dispatches = dispatchModel(connection);
  const deliveries = deliveryModel(connection);
  const exceptions = intakeExceptionModel(connection);
  const originOf = ({ topic, partition, first, committed }: PartitionRange) => ({
    'origin.topic': topic,
    'origin.partition': partition,
    'origin.offset': { $gte: first, $lt: committed },
  });

  return {
    /** How many dispatches and exceptions stand for the records of one partition that have been read. */
    async countOf(range: PartitionRange): Promise<{ dispatches: number; exceptions: number }> {
      if (range.committed <= range.first) return { dispatches: 0, exceptions: 0 };
      const [decided, put] = await Promise.all([
        dispatches.countDocuments(originOf(range)),
        exceptions.countDocuments(originOf(range)),
      ]);
      return { dispatches: decided, exceptions: put };
    },

    /**
     * Recipients decided against deliveries by state, over the days that are not closed: today, and every day that
     * still has an open dispatch.
     */
    async recipients(today: string): Promise<{ decided: number; byState: Record<DeliveryState, number> }> {
      const open = await dispatches.distinct('day', { open: true });
      const days = [...new Set([today, ...open])];
      const [sum] = await dispatches.aggregate<{ decided: number }>([
        { $match: { day: { $in: days } } },
        {
          $group: {
            _id: null,
            decided: {
              $sum: {
                $sum: { $map: { input: '$rounds', as: 'round', in: { $size: '$$round.recipients' } } },
              },
            },
          },
        },
      ]);
      const states = await deliveries.aggregate<{ _id: DeliveryState; count: number }>([
        { $match: { day: { $in: days } } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      const counted = new Map(states.map(({ _id, count }) => [_id, count]));
      return {
        decided: sum?.decided ?? 0,
        byState: Object.fromEntries(
          deliveryStates.map((state) => [state, counted.get(state) ?? 0]),
        ) as Record<DeliveryState, number>,
      };
    },
  };
}

export type Books = ReturnType<typeof createBooks>;
