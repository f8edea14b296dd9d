import type { Connection } from 'mongoose';
import type {
  DeliveryState,
  DispatchState,
  EventKind,
  Mailing,
  MailingPart,
  MailingProgress,
  MailingState,
} from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { databaseNow } from './take-overdue.js';
import { deliveryModel, dispatchModel, mailingModel, mailingPartModel } from './models.js';

/** What was cancelled while its last part was on its way stays cancelled. */
const lastState = { $cond: [{ $eq: ['$state', 'cancelled'] }, '$state', 'published'] };

/** Longer than a router takes to store what it decided just before a mailing was cancelled. */
const lookedAtForMs = 60_000;

/** What people send to many accounts: shown, confirmed, and how far it is published. */
export function createMailingStore(connection: Connection) {
  const mailings = mailingModel(connection);
  const parts = mailingPartModel(connection);
  const dispatches = dispatchModel(connection);
  const deliveries = deliveryModel(connection);

  return {
    find: (id: string): Promise<Mailing | null> => mailings.findById(id).lean<Mailing | null>(),

    /** Once: one that is there stays as it is. */
    async insert(mailing: Mailing): Promise<void> {
      await insertOnce(mailings, [mailing]);
    },

    async insertPart(part: MailingPart): Promise<void> {
      await insertOnce(parts, [part]);
    },

    findPart: (list: string, number: number): Promise<MailingPart | null> =>
      parts.findOne({ list, number }).lean<MailingPart | null>(),

    /** How many parts of a list still say who would be told. */
    countPreviewed: (list: string): Promise<number> =>
      parts.countDocuments({ list, preview: { $exists: true } }),

    /** The parts that have accounts after this one, in their order. */
    partsAfter: (list: string, after: string, most: number): Promise<MailingPart[]> =>
      parts
        .find({ list, accounts: { $elemMatch: { $gt: after } } })
        .sort({ number: 1 })
        .limit(most)
        .lean<MailingPart[]>(),

    /**
     * From now on it is sent. The accounts are kept first, and then the mailing: a crash in between leaves accounts
     * that nobody sends anything to, and never a mailing without its accounts.
     * @returns false when somebody else has confirmed it.
     */
    async confirm({ _id, list }: Pick<Mailing, '_id' | 'list'>): Promise<boolean> {
      await parts.updateMany({ list }, { $unset: { expiresAt: '', preview: '' } });
      const { modifiedCount } = await mailings.updateOne(
        { _id, state: 'previewed' },
        [{ $set: { state: 'confirmed', confirmedAt: '$$NOW' } }, { $unset: 'expiresAt' }],
        { updatePipeline: true },
      );
      return modifiedCount === 1;
    },

    /** @returns false when it is in none of the states given. */
    async move(id: string, from: readonly MailingState[], to: MailingState): Promise<boolean> {
      const { modifiedCount } = await mailings.updateOne(
        { _id: id, state: { $in: [...from] } },
        [{ $set: { state: to, ...(to === 'cancelled' && { cancelledAt: '$$NOW' }) } }],
        { updatePipeline: true },
      );
      return modifiedCount === 1;
    },

    /** Those of these mailings that were cancelled. */
    async cancelledOf(ids: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await mailings
        .find({ _id: { $in: [...ids] }, state: 'cancelled' }, { _id: 1 })
        .lean<{ _id: string }[]>();
      return new Set(found.map(({ _id }) => _id));
    },

    /** Cancelled ones of which something may be left to withdraw. */
    toTakeBack: (most: number): Promise<Mailing[]> =>
      mailings
        .find({ state: 'cancelled', isTakenBack: { $ne: true } })
        .limit(most)
        .lean<Mailing[]>(),

    /** Nothing of it was left when this was seen; it counts when it was cancelled long enough ago. */
    async takenBack(id: string): Promise<void> {
      const before = new Date((await databaseNow(connection)).getTime() - lookedAtForMs);
      await mailings.updateOne({ _id: id, cancelledAt: { $lt: before } }, { $set: { isTakenBack: true } });
    },

    /** How many accounts are decided, and how many mails have not been tried yet. */
    async underWay(id: string): Promise<{ readonly decided: number; readonly untried: number }> {
      const [decided, untried] = await Promise.all([
        dispatches.countDocuments({ 'event.mailing.id': id }),
        deliveries.countDocuments({ 'mailing.id': id, state: 'pending', attempt: 1 }),
      ]);
      return { decided, untried };
    },

    /** An all-clear to it is stored. */
    async resolved(id: string): Promise<void> {
      await mailings.updateOne(
        { _id: id, resolvedAt: { $exists: false } },
        [{ $set: { resolvedAt: '$$NOW' } }],
        {
          updatePipeline: true,
        },
      );
    },

    /** One page of what was confirmed of these kinds, newest first. `after` is the last one of the page before. */
    list: (
      kinds: readonly EventKind[],
      after: { readonly at: Date; readonly id: string } | undefined,
      most: number,
    ): Promise<Mailing[]> =>
      mailings
        .find({
          kind: { $in: [...kinds] },
          confirmedAt: { $type: 'date' },
          ...(after && {
            $or: [{ confirmedAt: { $lt: after.at } }, { confirmedAt: after.at, _id: { $lt: after.id } }],
          }),
        })
        .sort({ confirmedAt: -1, _id: -1 })
        .limit(most)
        .lean<Mailing[]>(),

    /** In which state its events and its deliveries are, and how many somebody has acknowledged. */
    async progressOf(id: string): Promise<MailingProgress> {
      const ofMailing = { 'event.mailing.id': id };
      const [events, sent, acknowledged] = await Promise.all([
        countsByState<DispatchState>(dispatches, ofMailing),
        countsByState<DeliveryState>(deliveries, { 'mailing.id': id }),
        dispatches.countDocuments({ ...ofMailing, acknowledgement: { $type: 'object' } }),
      ]);
      return { events, deliveries: sent, acknowledged };
    },

    /** Those of these kinds that have something to publish, the one that waits longest first. */
    toPublish: async (kinds: readonly EventKind[], most: number): Promise<Mailing[]> =>
      mailings
        .find({
          state: 'confirmed',
          kind: { $in: [...kinds] },
          $or: [{ sendAt: { $exists: false } }, { sendAt: { $lte: await databaseNow(connection) } }],
        })
        .sort({ confirmedAt: 1 })
        .limit(most)
        .lean<Mailing[]>(),

    /** All of a part is with Kafka. Whoever says so second changes nothing. */
    async partPublished({
      _id,
      nextPart,
      parts: all,
    }: Pick<Mailing, '_id' | 'nextPart' | 'parts'>): Promise<void> {
      await mailings.updateOne(
        { _id, nextPart },
        [{ $set: { nextPart: nextPart + 1, ...(nextPart + 1 === all && { state: lastState }) } }],
        { updatePipeline: true },
      );
    },
  };
}

async function countsByState<State extends string>(
  { collection }: Pick<ReturnType<typeof dispatchModel>, 'collection'>,
  ofMailing: Readonly<Record<string, string>>,
): Promise<Partial<Record<State, number>>> {
  const found = await collection
    .aggregate<{ _id: State; count: number }>([
      { $match: ofMailing },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ])
    .toArray();
  return Object.fromEntries(found.map(({ _id, count }) => [_id, count])) as Partial<Record<State, number>>;
}

export type MailingStore = ReturnType<typeof createMailingStore>;
