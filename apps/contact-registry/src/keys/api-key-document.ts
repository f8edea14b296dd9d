import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import type { ApiKeyChange, ApiKeyPrincipal } from '@signalbox/contracts';

/** An API key as it is stored: the hashes of its secrets, never themselves. */
export interface ApiKeyDocument {
  _id: string;
  /** Of the newest secret, SHA-256 in lower-case hex. A secret is 256 random bits, so the hash needs no salt. */
  sha256: string;
  name: string;
  scopes: ApiKeyPrincipal['scopes'];
  limits: NonNullable<ApiKeyPrincipal['limits']> | null;
  createdAt: Date;
  revokedAt: Date | null;
  /** Of the newest secret, to about a minute: gateways keep what they have verified. */
  lastUsedAt: Date | null;
  /** When the newest secret was made, if it is not the first. */
  rotatedAt?: Date;
  /** The secret before the newest; both are valid while it is here. */
  previous?: PreviousSecret;
  /** Absent of a key that is older than the history of keys. */
  history?: { at: Date; by: string; what: ApiKeyChange }[];
}

export interface PreviousSecret {
  sha256: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const { Mixed } = Schema.Types;

const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    sha256: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    limits: { type: Mixed, default: null },
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    lastUsedAt: { type: Date, default: null },
    rotatedAt: Date,
    previous: Mixed,
    history: { type: Mixed, required: true },
  },
  { ...schemaOptions, collection: 'apiKeys' },
);
apiKeySchema.index({ sha256: 1 }, { unique: true });
apiKeySchema.index(
  { 'previous.sha256': 1 },
  { unique: true, partialFilterExpression: { 'previous.sha256': { $type: 'string' } } },
);
apiKeySchema.index({ createdAt: 1, _id: 1 });

export const apiKeyModel = (connection: Connection): Model<ApiKeyDocument> =>
  modelOf(connection, 'ApiKey', apiKeySchema);
