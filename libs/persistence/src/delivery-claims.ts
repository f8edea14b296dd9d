import type { Connection } from 'mongoose';
import type { Delivery, Dispatch, StoreReason, SuppressionReason } from '@signalbox/contracts';
import { createClaims, type ClaimRules, type DeliveryClaimsOptions } from './claims.js';
import { deliveryModel, dispatchModel } from './models.js';

/** What a mail is made of, besides its delivery. */
export type DispatchForMail = Pick<Dispatch, '_id' | 'event' | 'accountName' | 'category' | 'rule'>;

const isErased = { $eq: ['$erased', true] };

/**
 * A recipient who left or was erased is not told by a claim that comes after; every end is reported to its dispatch. One
 * who was erased ends suppressed: who is superseded is told again when they come back.
 */
const deliveryRules: ClaimRules = {
  over: {
    when: { $or: [isErased, { $gt: ['$followVersion', null] }] },
    state: { $cond: [isErased, 'suppressed', 'superseded'] },
    reason: {
      $cond: [
        isErased,
        'erased' satisfies SuppressionReason,
        { $ifNull: ['$withdrawnBecause', 'contact-left' satisfies StoreReason] },
      ],
    },
  },
  atEnd: { unreported: true },
};

/** The worker's side of the dispatch store. */
export function createDeliveryClaims(connection: Connection, options: DeliveryClaimsOptions) {
  return {
    ...createClaims<Delivery>(deliveryModel(connection), deliveryRules, options),

    /** The dispatches of deliveries, by id, as far as mails need them. */
    async dispatchesForMail(ids: readonly string[]): Promise<Map<string, DispatchForMail>> {
      const found = await dispatchModel(connection)
        .find({ _id: { $in: [...new Set(ids)] } }, { event: 1, accountName: 1, category: 1, rule: 1 })
        .lean<DispatchForMail[]>();
      return new Map(found.map((dispatch) => [dispatch._id, dispatch]));
    },
  };
}

export type DeliveryClaims = ReturnType<typeof createDeliveryClaims>;
