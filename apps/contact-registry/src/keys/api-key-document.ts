import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import type { ApiKeyPrincipal } from '@signalbox/contracts';

/** An API key as it is stored: its hash, never itself. */
export interface ApiKeyDocument {
  _id: string;
  /** SHA-256 of the whole key in lower-case hex. The key is 256 random bits, so the hash needs no salt. */
  sha256: string;
  name: string;
  scopes: ApiKeyPrincipal['scopes'];
  limits: NonNullable<ApiKeyPrincipal['limits']> | null;
  createdAt: Date;
  revokedAt: Date | null;
  /** To about a minute: gateways keep what they have verified. */
  lastUsedAt: Date | null;
}

const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    sha256: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    limits: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    lastUsedAt: { type: Date, default: null },
  },
  { ...schemaOptions, collection: 'apiKeys' },
);
apiKeySchema.index({ sha256: 1 }, { unique: true });

export const apiKeyModel = (connection: Connection): Model<ApiKeyDocument> =>
  modelOf(connection, 'ApiKey', apiKeySchema);
