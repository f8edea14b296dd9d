import type { Connection } from 'mongoose';
import type { AccountSnapshot, Audience } from '@signalbox/contracts';
import { isDuplicateKey } from './duplicate-key.js';
import { contactViewModel } from './models.js';

/** The contacts as the routers have applied them, only ever upwards. */
export function createContactViews(connection: Connection) {
  const views = contactViewModel(connection);
  const write = (snapshots: readonly AccountSnapshot[], upsert: boolean) =>
    views.bulkWrite(
      snapshots.map((snapshot) => ({
        updateOne: {
          filter: { _id: snapshot.account, version: { $lt: snapshot.version } },
          update: [
            { $set: { version: snapshot.version, snapshot: { $literal: snapshot }, appliedAt: '$$NOW' } },
          ],
          upsert,
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );

  return {
    /**
     * Applies snapshots whose version is higher than what is there.
     * An upsert guarded by the version raises 11000 for every older snapshot, which is benign, but also for the loser
     * of two that meet at an account nobody has seen before, which may hold the newer version. By then the account is
     * there, so the same updates without inserting settle it.
     */
    async applyUpwards(snapshots: readonly AccountSnapshot[]): Promise<void> {
      if (snapshots.length === 0) return;
      try {
        await write(snapshots, true);
      } catch (error) {
        const errors = (error as { writeErrors?: readonly unknown[] }).writeErrors ?? [];
        if (errors.length === 0 || !errors.every(isDuplicateKey)) throw error;
        await write(snapshots, false);
      }
    },

    /** The snapshots of these accounts, by account; one that was never seen is absent. */
    async findMany(accounts: readonly string[]): Promise<Map<string, AccountSnapshot>> {
      const found = await views
        .find({ _id: { $in: [...accounts] } }, { snapshot: 1 })
        .lean<{ _id: string; snapshot: AccountSnapshot }[]>();
      return new Map(found.map(({ _id, snapshot }) => [_id, snapshot]));
    },

    /** The next accounts that fit, in the order of their ids. */
    async idsAfter(
      after: string,
      { integrationTypes, launched }: Pick<Audience, 'integrationTypes' | 'launched'>,
      most: number,
    ): Promise<string[]> {
      const filter = {
        _id: { $gt: after },
        ...(integrationTypes && { 'snapshot.integrationType': { $in: [...integrationTypes] } }),
        ...(launched !== undefined && { 'snapshot.launched': launched }),
      };
      const found = await views
        .find(filter, { _id: 1 })
        .sort({ _id: 1 })
        .limit(most)
        .lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** The versions of these accounts alone, by account: cheap enough to ask again after every batch. */
    async versionsOf(accounts: readonly string[]): Promise<Map<string, number>> {
      const found = await views
        .find({ _id: { $in: [...accounts] } }, { version: 1 })
        .lean<{ _id: string; version: number }[]>();
      return new Map(found.map(({ _id, version }) => [_id, version]));
    },
  };
}

export type ContactViews = ReturnType<typeof createContactViews>;
