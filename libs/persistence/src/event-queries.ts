import type { Connection } from 'mongoose';
import type { Delivery, Dispatch, EventListQuery, IntakeException, KeyLimits } from '@signalbox/contracts';
import { deliveryModel, dispatchModel, intakeExceptionModel } from './models.js';

/** Reading what became of events, for people. */
export function createEventQueries(connection: Connection) {
  const dispatches = dispatchModel(connection);
  return {
    /** The dispatches of an event id; more than one when several sources used it. */
    findByEventId: (id: string, source?: string): Promise<Dispatch[]> =>
      dispatches
        .find({ 'event.id': id, ...(source !== undefined && { 'event.source': source }) })
        .limit(10)
        .lean<Dispatch[]>(),

    deliveriesOf: (dispatch: string): Promise<Delivery[]> =>
      deliveryModel(connection).find({ dispatch }).lean<Delivery[]>(),

    exceptionsOf: (dispatch: string): Promise<IntakeException[]> =>
      intakeExceptionModel(connection)
        .find({ dispatch })
        .sort({ at: 1 })
        .limit(1000)
        .lean<IntakeException[]>(),

    /** One page, newest first. `after` is the last one of the page before. */
    async list(
      { account, environment, kind, state, from, to, limit }: Omit<EventListQuery, 'cursor'>,
      after: { readonly decidedAt: Date; readonly id: string } | undefined,
      limits: KeyLimits = {},
    ): Promise<Dispatch[]> {
      const { accounts, environments, kinds } = limits;
      const within = [
        ...(accounts ? [{ 'event.account': { $in: [...accounts] } }] : []),
        ...(environments ? [{ 'event.data.environment': { $in: [...environments] } }] : []),
        ...(kinds ? [{ 'event.kind': { $in: [...kinds] } }] : []),
      ];
      const filter = {
        ...(within.length > 0 && { $and: within }),
        ...(account !== undefined && { 'event.account': account }),
        ...(environment !== undefined && { 'event.data.environment': environment }),
        ...(kind !== undefined && { 'event.kind': kind }),
        ...(state !== undefined && { state }),
        ...((from !== undefined || to !== undefined) && {
          decidedAt: {
            ...(from !== undefined && { $gte: new Date(from) }),
            ...(to !== undefined && { $lt: new Date(to) }),
          },
        }),
        ...(after && {
          $or: [
            { decidedAt: { $lt: after.decidedAt } },
            { decidedAt: after.decidedAt, _id: { $lt: after.id } },
          ],
        }),
      };
      return dispatches.find(filter).sort({ decidedAt: -1, _id: -1 }).limit(limit).lean<Dispatch[]>();
    },
  };
}

export type EventQueries = ReturnType<typeof createEventQueries>;
