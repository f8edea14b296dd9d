import type { Connection, Model } from 'mongoose';
import type { ApiKeyChange } from '@signalbox/contracts';
import { apiKeyModel, type ApiKeyDocument } from './api-key-document.js';
import type { KeyRevocations, KeyRotations, NewKeys, Note } from './change-keys.js';
import type { KeyQueries } from './read-keys.js';
import type { KnownKeys } from './verify-key.js';

/** All that is done to the collection `apiKeys`. */
export class ApiKeyStore implements NewKeys, KeyRotations, KeyRevocations, KeyQueries, KnownKeys {
  private readonly keys: Model<ApiKeyDocument>;

  constructor(connection: Connection) {
    this.keys = apiKeyModel(connection);
  }

  async createIndexes(): Promise<void> {
    await this.keys.createIndexes();
  }

  async insert(key: ApiKeyDocument): Promise<void> {
    await this.keys.create(key);
  }

  find(id: string): Promise<ApiKeyDocument | null> {
    return this.keys.findById(id).lean<ApiKeyDocument>().exec();
  }

  findByHash(sha256: string): Promise<ApiKeyDocument | null> {
    return this.keys
      .findOne({ $or: [{ sha256 }, { 'previous.sha256': sha256 }] })
      .lean<ApiKeyDocument>()
      .exec();
  }

  list(limit: number, after?: ApiKeyDocument): Promise<ApiKeyDocument[]> {
    const { createdAt, _id } = after ?? {};
    const later = { $or: [{ createdAt: { $gt: createdAt } }, { createdAt, _id: { $gt: _id } }] };
    return this.keys
      .find(after === undefined ? {} : later)
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .lean<ApiKeyDocument[]>()
      .exec();
  }

  rotate(id: string, sha256: string, note: Note): Promise<ApiKeyDocument | null> {
    const previous = {
      sha256: '$sha256',
      createdAt: { $ifNull: ['$rotatedAt', '$createdAt'] },
      lastUsedAt: '$lastUsedAt',
    };
    const set = { previous, sha256: { $literal: sha256 }, rotatedAt: note.at, lastUsedAt: null };
    return this.change({ _id: id, revokedAt: null }, set, 'rotated', note);
  }

  async revoke(id: string, note: Note): Promise<ApiKeyDocument | null> {
    const revoked = await this.change({ _id: id, revokedAt: null }, { revokedAt: note.at }, 'revoked', note);
    return revoked ?? this.find(id);
  }

  async revokePrevious(id: string, note: Note): Promise<ApiKeyDocument | null> {
    const filter = { _id: id, previous: { $exists: true } };
    const revoked = await this.change(filter, { previous: '$$REMOVE' }, 'previous-secret-revoked', note);
    return revoked ?? this.find(id);
  }

  /** By its hash and not by the key's id: between the question and this note the secret may have become the previous. */
  async noteUse(sha256: string, at: Date): Promise<void> {
    await this.keys.bulkWrite(
      [
        { updateOne: { filter: { sha256 }, update: { $max: { lastUsedAt: at } } } },
        {
          updateOne: {
            filter: { 'previous.sha256': sha256 },
            update: { $max: { 'previous.lastUsedAt': at } },
          },
        },
      ],
      { ordered: false, throwOnValidationError: true },
    );
  }

  /** One write: what changes, and who did it. @returns null where the filter finds nothing. */
  private change(
    filter: object,
    set: Record<string, unknown>,
    what: ApiKeyChange,
    { by, at }: Note,
  ): Promise<ApiKeyDocument | null> {
    const entry = { at, by: { $literal: by }, what: { $literal: what } };
    const history = { $concatArrays: [{ $ifNull: ['$history', []] }, [entry]] };
    return this.keys
      .findOneAndUpdate(filter, [{ $set: { ...set, history } }], {
        updatePipeline: true,
        returnDocument: 'after',
      })
      .lean<ApiKeyDocument>()
      .exec();
  }
}
