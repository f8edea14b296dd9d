import type { ApiKeyList, ApiKeyView } from '@signalbox/contracts';
import type { ApiKeyDocument } from './api-key-document.js';

export interface KeyQueries {
  find(id: string): Promise<ApiKeyDocument | null>;
  /** Oldest first; those after `after`. */
  list(limit: number, after?: ApiKeyDocument): Promise<ApiKeyDocument[]>;
}

export class ReadKeys {
  constructor(private readonly keys: KeyQueries) {}

  /** @returns undefined for a cursor that this list has not given out; keys are never deleted, so it knows each. */
  async list(limit: number, cursor?: string): Promise<ApiKeyList | undefined> {
    const after = cursor === undefined ? undefined : await this.keys.find(cursor);
    if (after === null) return undefined;
    const found = await this.keys.list(limit + 1, after);
    const page = found.slice(0, limit);
    return {
      items: page.map(apiKeyView),
      nextCursor: found.length > limit ? (page.at(-1)?._id ?? null) : null,
    };
  }
}

/** All of a key that anybody gets to see; not its hashes. */
export function apiKeyView(key: ApiKeyDocument): ApiKeyView {
  const { _id: id, name, scopes, limits, createdAt, revokedAt, rotatedAt, lastUsedAt, previous } = key;
  const secrets = [
    { createdAt: rotatedAt ?? createdAt, lastUsedAt },
    ...(previous === undefined ? [] : [previous]),
  ];
  return {
    id,
    name,
    scopes,
    limits,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    secrets: secrets.map((secret) => ({
      createdAt: secret.createdAt.toISOString(),
      lastUsedAt: secret.lastUsedAt?.toISOString() ?? null,
    })),
    history: (key.history ?? []).map(({ at, by, what }) => ({ at: at.toISOString(), by, what })),
  };
}
