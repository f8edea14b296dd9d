import type { Connection } from 'mongoose';
import { openDeliveryStates, withoutAddress, type Dispatch } from '@signalbox/contracts';
import { deliveryAddresses, deliveryModel, dispatchModel, intakeExceptionModel } from './models.js';

/** How much was changed; a second run changes nothing and counts nothing. */
export interface ErasedCounts {
  readonly deliveries: number;
  readonly dispatches: number;
  readonly intakeExceptions: number;
}

const mostAtOnce = 500;

/** Forgets one address in the dispatch store. Every part may run again, also after a crash half way. */
export function createAddressEraser(connection: Connection) {
  const dispatches = dispatchModel(connection);
  const deliveries = deliveryModel(connection);
  const exceptions = intakeExceptionModel(connection);

  /** Guarded by the revision and raising it, so that whoever advances the dispatch meanwhile reads it again. */
  async function maskDispatch(dispatch: Dispatch, address: string, mask: string): Promise<boolean> {
    const { event, rounds, accountName } = withoutAddress(dispatch, address, mask);
    const masked = { event, rounds, accountName };
    const { event: e, rounds: r, accountName: n } = dispatch;
    if (JSON.stringify(masked) === JSON.stringify({ event: e, rounds: r, accountName: n })) return false;
    const { modifiedCount } = await dispatches.updateOne(
      { _id: dispatch._id, revision: dispatch.revision },
      { $set: masked, $inc: { revision: 1 } },
    );
    if (modifiedCount === 1) return true;
    const again = await dispatches.findById(dispatch._id).lean<Dispatch>();
    return again !== null && maskDispatch(again, address, mask);
  }

  return {
    /**
     * Ends what is not sent yet. One in mid-send is marked first: without success it ends suppressed, a success stays
     * sent. What is ended is unreported, and so its dispatch goes on.
     * @returns how many ended here.
     */
    async suppress(address: string, by: string): Promise<number> {
      const found = await deliveries
        .find({ address, state: { $in: [...openDeliveryStates] } }, { _id: 1 })
        .collation(deliveryAddresses)
        .lean<{ _id: string }[]>();
      if (found.length === 0) return 0;
      const _id = { $in: found.map((each) => each._id) };
      const entry = {
        at: '$$NOW',
        to: 'suppressed',
        attempt: '$attempt',
        by: { $literal: by },
        reason: 'erased',
      };
      await deliveries.updateMany(
        { _id, state: { $in: [...openDeliveryStates] } },
        { $set: { erased: true } },
      );
      const { modifiedCount } = await deliveries.updateMany(
        { _id, state: 'pending' },
        [
          {
            $set: {
              ...{
                state: 'suppressed',
                reason: 'erased',
                nextAttemptAt: null,
                settledAt: '$$NOW',
                unreported: true,
              },
              transitions: { $concatArrays: ['$transitions', [entry]] },
            },
          },
        ],
        { updatePipeline: true },
      );
      return modifiedCount;
    },

    /**
     * Puts the mask in the address's place: in the rounds and the event of every dispatch that told it, in whatever text
     * of another event names it (which reads all dispatches once), and last in its deliveries, since by those the
     * dispatches are found.
     */
    async mask(address: string, mask: string): Promise<ErasedCounts> {
      let changed = 0;
      for await (const dispatch of dispatches.find().lean<Dispatch[]>().cursor({ batchSize: mostAtOnce }))
        if (await maskDispatch(dispatch, address, mask)) changed += 1;
      let intakeExceptions = 0;
      for await (const found of exceptions.find({}, { reason: 1 }).lean().cursor({ batchSize: mostAtOnce })) {
        const reason = withoutAddress(found.reason, address, mask);
        if (reason === found.reason) continue;
        await exceptions.updateOne({ _id: found._id }, { $set: { reason } });
        intakeExceptions += 1;
      }
      const told = await deliveries
        .find({ address }, { _id: 1 })
        .collation(deliveryAddresses)
        .lean<{ _id: string }[]>();
      await deliveries.updateMany({ _id: { $in: told.map(({ _id }) => _id) } }, { $set: { address: mask } });
      return { deliveries: told.length, dispatches: changed, intakeExceptions };
    },
  };
}

export type AddressEraser = ReturnType<typeof createAddressEraser>;
