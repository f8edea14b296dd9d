import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyLimits, Scope } from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';
import type { z } from 'zod';
import type { ApiKeyDocument } from './api-key-document.js';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly limits: z.infer<typeof KeyLimits> | null;
}

/** A prefix that secret scanners can know us by, and 256 random bits. */
const makeSecret = (): string => `sbx_${randomBytes(32).toString('base64url')}`;

/** Makes a key. The secret in the answer is the only copy: what is stored is its hash. */
export function createKey(
  { name, scopes, limits }: NewKey,
  now: Date,
): { secret: string; key: ApiKeyDocument } {
  const secret = makeSecret();
  const key = {
    _id: randomUUID(),
    sha256: sha256Hex(secret),
    name,
    scopes: [...new Set(scopes)],
    limits,
    createdAt: now,
    revokedAt: null,
    lastUsedAt: null,
  };
  return { secret, key };
}
