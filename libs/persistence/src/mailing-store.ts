import type { Connection } from 'mongoose';
import type { EventKind, Mailing, MailingPart } from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { mailingModel, mailingPartModel } from './models.js';

/** What people send to many accounts: shown, confirmed, and how far it is published. */
export function createMailingStore(connection: Connection) {
  const mailings = mailingModel(connection);
  const parts = mailingPartModel(connection);

  return {
    find: (id: string): Promise<Mailing | null> => mailings.findById(id).lean<Mailing | null>(),

    /** Once; the same preview again is the same. */
    async insertPreview(mailing: Mailing): Promise<void> {
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

    /** Those of these kinds that have something to publish, the one that waits longest first. */
    toPublish: (kinds: readonly EventKind[], most: number): Promise<Mailing[]> =>
      mailings
        .find({ state: 'confirmed', kind: { $in: [...kinds] } })
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
        { $set: { nextPart: nextPart + 1, ...(nextPart + 1 === all && { state: 'published' as const }) } },
      );
    },
  };
}

export type MailingStore = ReturnType<typeof createMailingStore>;
