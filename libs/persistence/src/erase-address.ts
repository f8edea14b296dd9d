import type { Connection } from 'mongoose';
import {
  openDeliveryStates,
  withoutAddress,
  type Acknowledgement,
  type Delivery,
  type Dispatch,
} from '@signalbox/contracts';
import { maskPage } from './mask-page.js';
import {
  byMailbox,
  deadLetterModel,
  deliveryModel,
  dispatchModel,
  intakeExceptionModel,
  mailingModel,
  mailingPartModel,
} from './models.js';

/** How much was changed; a second run changes nothing and counts nothing. */
export interface ErasedCounts {
  readonly deliveries: number;
  readonly dispatches: number;
  readonly intakeExceptions: number;
  readonly mailings: number;
  readonly deadLetters: number;
}

/** What one page of masking did, and where the next one begins; null after the last. */
export interface MaskedPage {
  readonly changed: ErasedCounts;
  readonly next: string | null;
}

/** So many documents are read by one page; a dispatch is some kilobytes. */
const mostAPage = 1_000;

/** Every field of the dispatch store with a text that somebody chose, or an address, and that is kept under the mask. */
export const maskedInDispatchStore = {
  dispatches: ['event', 'rounds', 'accountName', 'acknowledgement'],
  deliveries: ['address', 'account'],
  intakeExceptions: ['reason'],
  mailings: ['data', 'by'],
  deadLetters: ['reason', 'from', 'key', 'headers', 'value', 'handled'],
} as const;
type MaskedOf<Store extends keyof typeof maskedInDispatchStore> =
  (typeof maskedInDispatchStore)[Store][number];

const maskedPartOf = ({
  event,
  rounds,
  accountName,
  acknowledgement,
}: Dispatch): Pick<Dispatch, MaskedOf<'dispatches'>> => ({ event, rounds, accountName, acknowledgement });

const setInDelivery = (masked: Partial<Pick<Delivery, MaskedOf<'deliveries'>>>) => ({ $set: masked });

/** Forgets one address in the dispatch store. Every part may run again, also after a crash half way. */
export function createAddressEraser(connection: Connection) {
  const dispatches = dispatchModel(connection);
  const deliveries = deliveryModel(connection);
  const exceptions = intakeExceptionModel(connection);
  const mailings = mailingModel(connection);
  const letters = deadLetterModel(connection);

  /** Guarded by the revision and raising it, so that whoever advances the dispatch meanwhile reads it again. */
  async function maskDispatch(dispatch: Dispatch, address: string, mask: string): Promise<boolean> {
    const before = maskedPartOf(dispatch);
    const { event, rounds, accountName, acknowledgement } = withoutAddress(before, address, mask);
    const masked = { event, rounds, accountName, acknowledgement: unnamed(acknowledgement, rounds, mask) };
    // Whatever a sender calls an account: deliveries repeat it, also those that were stored after their dispatch was masked.
    if (event.account.includes(mask))
      await deliveries.updateMany({ dispatch: dispatch._id }, setInDelivery({ account: event.account }));
    if (JSON.stringify(masked) === JSON.stringify(before)) return false;
    const { modifiedCount } = await dispatches.updateOne(
      { _id: dispatch._id, revision: dispatch.revision },
      { $set: masked, $inc: { revision: 1 } },
    );
    if (modifiedCount === 1) return true;
    const again = await dispatches.findById(dispatch._id).lean<Dispatch>();
    return again !== null && maskDispatch(again, address, mask);
  }

  /** The dispatches that told the address, and then their deliveries. */
  async function maskTold(address: string, mask: string): Promise<Partial<ErasedCounts>> {
    const told = await deliveries
      .find({ address }, { dispatch: 1 })
      .collation(byMailbox)
      .lean<{ _id: string; dispatch: string }[]>();
    const ids = [...new Set(told.map(({ dispatch }) => dispatch))];
    let changed = 0;
    for (let at = 0; at < ids.length; at += mostAPage) {
      const found = await dispatches.find({ _id: { $in: ids.slice(at, at + mostAPage) } }).lean<Dispatch[]>();
      for (const dispatch of found) if (await maskDispatch(dispatch, address, mask)) changed += 1;
    }
    await deliveries.updateMany(
      { _id: { $in: told.map(({ _id }) => _id) } },
      setInDelivery({ address: mask }),
    );
    return { deliveries: told.length, dispatches: changed };
  }

  async function maskDispatchesAfter(id: string, address: string, mask: string): Promise<MaskedPage> {
    const page = await dispatches
      .find({ _id: { $gt: id } })
      .sort({ _id: 1 })
      .limit(mostAPage)
      .lean<Dispatch[]>();
    let changed = 0;
    for (const dispatch of page) if (await maskDispatch(dispatch, address, mask)) changed += 1;
    const last = page.at(-1)?._id;
    const next = last === undefined ? placeIn('intakeExceptions', '') : placeIn('dispatches', last);
    return { changed: { ...nothing, dispatches: changed }, next };
  }

  async function maskExceptionsAfter(id: string, address: string, mask: string): Promise<MaskedPage> {
    const { changed, next } = await maskPage(exceptions, maskedInDispatchStore.intakeExceptions, {
      after: id,
      masked: (value) => withoutAddress(value, address, mask),
    });
    return {
      changed: { ...nothing, intakeExceptions: changed },
      next: next === null ? placeIn('mailings', '') : placeIn('intakeExceptions', next),
    };
  }

  async function maskMailingsAfter(id: string, address: string, mask: string): Promise<MaskedPage> {
    const { changed, next } = await maskPage(mailings, maskedInDispatchStore.mailings, {
      after: id,
      masked: (value) => withoutAddress(value, address, mask),
    });
    return {
      changed: { ...nothing, mailings: changed },
      next: next === null ? placeIn('deadLetters', '') : placeIn('mailings', next),
    };
  }

  async function maskDeadLettersAfter(id: string, address: string, mask: string): Promise<MaskedPage> {
    const { changed, next } = await maskPage(letters, maskedInDispatchStore.deadLetters, {
      after: id,
      masked: (value) => withoutAddress(value, address, mask),
    });
    return {
      changed: { ...nothing, deadLetters: changed },
      next: next === null ? null : placeIn('deadLetters', next),
    };
  }

  /** Who would be told stands in previews for a while: they are made anew. First what could still be confirmed. */
  async function forgetPreviews(): Promise<void> {
    await mailings.deleteMany({ state: 'previewed' });
    await mailingPartModel(connection).deleteMany({ expiresAt: { $type: 'date' } });
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
        .collation(byMailbox)
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
     * Puts the mask in the address's place, a page a call. First what told the address, found by its deliveries, which are
     * masked last since by them it is found. Then whatever text of another event or exception names it: no index finds a
     * text, so that reads every dispatch, exception, mailing and dead letter
     * once, in the order of their ids.
     * @param after what the page before answered as `next`; null for the first.
     */
    async mask(address: string, mask: string, after: string | null): Promise<MaskedPage> {
      if (after === null) {
        await forgetPreviews();
        return {
          changed: { ...nothing, ...(await maskTold(address, mask)) },
          next: placeIn('dispatches', ''),
        };
      }
      const [, collection, id = ''] = /^(\w+)>(.*)$/su.exec(after) ?? [];
      if (collection === 'dispatches') return maskDispatchesAfter(id, address, mask);
      if (collection === 'intakeExceptions') return maskExceptionsAfter(id, address, mask);
      if (collection === 'mailings') return maskMailingsAfter(id, address, mask);
      return maskDeadLettersAfter(id, address, mask);
    },
  };
}

/** Whoever was told at the erased address and said that they are on it also gave their name. */
function unnamed(
  acknowledgement: Acknowledgement | null,
  rounds: Dispatch['rounds'],
  mask: string,
): Acknowledgement | null {
  const theirs = rounds
    .flatMap(({ recipients }) => recipients)
    .some((each) => each.address === mask && each.delivery === acknowledgement?.delivery);
  return acknowledgement && theirs ? { ...acknowledgement, by: null } : acknowledgement;
}

const nothing: ErasedCounts = {
  deliveries: 0,
  dispatches: 0,
  intakeExceptions: 0,
  mailings: 0,
  deadLetters: 0,
};

const placeIn = (collection: Exclude<keyof ErasedCounts, 'deliveries'>, id: string): string =>
  `${collection}>${id}`;

export type AddressEraser = ReturnType<typeof createAddressEraser>;
