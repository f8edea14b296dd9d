import type { Connection, Model } from 'mongoose';
import { apiKeyModel, type ApiKeyDocument } from './api-key-document.js';

/** All that is done to the collection `apiKeys`. */
export class ApiKeyStore {
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

  findByHash(sha256: string): Promise<ApiKeyDocument | null> {
    return this.keys.findOne({ sha256 }).lean<ApiKeyDocument>().exec();
  }

  /** Oldest first. */
  list(): Promise<ApiKeyDocument[]> {
    return this.keys.find().sort({ createdAt: 1, _id: 1 }).lean<ApiKeyDocument[]>().exec();
  }

  /** @returns false when there is no such key; one that is revoked already stays as it is. */
  async revoke(id: string, at: Date): Promise<boolean> {
    const found = await this.keys.findOneAndUpdate(
      { _id: id },
      [{ $set: { revokedAt: { $ifNull: ['$revokedAt', at] } } }],
      { updatePipeline: true },
    );
    return found !== null;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.keys.updateOne({ _id: id }, { $max: { lastUsedAt: at } });
  }
}
