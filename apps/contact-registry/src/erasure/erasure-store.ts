import type { ErasedStore } from '@signalbox/contracts';
import { fromNow, isDuplicateKey } from '@signalbox/persistence';
import type { Connection, Model } from 'mongoose';
import type { NewErasures } from './ask-for-erasure.js';
import { erasureModel, type ErasureDocument } from './erasure-document.js';
import type { ErasurePlace } from './erasure-steps.js';
import type { ErasureQueries } from './read-erasures.js';
import type { RunningErasures } from './run-erasures.js';

/** All that is done to the collection `erasures`. */
export class ErasureStore implements NewErasures, ErasureQueries, RunningErasures {
  private readonly erasures: Model<ErasureDocument>;

  constructor(connection: Connection) {
    this.erasures = erasureModel(connection);
  }

  /** Creates what is missing of the indexes; safe to run by several processes at once. */
  async createIndexes(): Promise<void> {
    await this.erasures.createIndexes();
  }

  async insert(erasure: ErasureDocument): Promise<boolean> {
    try {
      await this.erasures.create(erasure);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  findRunning(addressHash: string): Promise<ErasureDocument | null> {
    return this.erasures.findOne({ addressHash, state: 'running' }).lean<ErasureDocument>().exec();
  }

  find(id: string): Promise<ErasureDocument | null> {
    return this.erasures.findById(id).lean<ErasureDocument>().exec();
  }

  list(limit: number, after?: ErasureDocument): Promise<ErasureDocument[]> {
    const { askedAt, _id } = after ?? {};
    const earlier = { $or: [{ askedAt: { $lt: askedAt } }, { askedAt, _id: { $lt: _id } }] };
    return this.erasures
      .find(after === undefined ? {} : earlier)
      .sort({ askedAt: -1, _id: -1 })
      .limit(limit)
      .lean<ErasureDocument[]>()
      .exec();
  }

  due(limit: number): Promise<ErasureDocument[]> {
    return this.erasures
      .find({ state: 'running', $expr: { $lte: ['$notBefore', '$$NOW'] } })
      .sort({ notBefore: 1 })
      .limit(limit)
      .lean<ErasureDocument[]>()
      .exec();
  }

  async noteLeft(id: string, users: readonly string[]): Promise<void> {
    await this.erasures.updateOne({ _id: id }, { $addToSet: { leftUsers: { $each: [...users] } } });
  }

  async putOff(id: string, pauseMs: number): Promise<void> {
    await this.erasures.updateOne(
      { _id: id, state: 'running' },
      [{ $set: { notBefore: fromNow(pauseMs) } }],
      {
        updatePipeline: true,
      },
    );
  }

  goOn(
    { _id, place }: ErasureDocument,
    next: ErasurePlace | 'done',
    changed: Partial<Record<ErasedStore, number>>,
    pauseMs: number,
  ): Promise<ErasureDocument | null> {
    const counts = Object.entries(changed).map(([store, count]) => [
      `changed.${store}`,
      { $add: [{ $ifNull: [`$changed.${store}`, 0] }, count] },
    ]);
    const end = { state: 'done', doneAt: '$$NOW', sealedAddress: null, leftUsers: { $literal: [] } };
    return this.erasures
      .findOneAndUpdate(
        {
          _id,
          state: 'running',
          'place.time': place.time,
          'place.step': place.step,
          'place.after': place.after,
        },
        [
          {
            $set: {
              ...(Object.fromEntries(counts) as Record<string, unknown>),
              ...(next === 'done' ? end : { place: { $literal: next }, notBefore: fromNow(pauseMs) }),
            },
          },
        ],
        { updatePipeline: true, returnDocument: 'after' },
      )
      .lean<ErasureDocument>()
      .exec();
  }
}
