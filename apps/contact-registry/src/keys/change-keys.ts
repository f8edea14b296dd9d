import { randomUUID } from 'node:crypto';
import type { NewApiKey } from '@signalbox/contracts';
import { newToken, sha256Hex, type Clock, type Log } from '@signalbox/runtime';
import type { ApiKeyDocument } from './api-key-document.js';

/** A key with the only copy of its newest secret: what is stored is the secret's hash. */
export interface KeyWithSecret {
  readonly key: ApiKeyDocument;
  readonly secret: string;
}
export type Rotation =
  | ({ readonly kind: 'done' } & KeyWithSecret)
  | { readonly kind: 'no-such-key' }
  | { readonly kind: 'revoked' };

/** Who did something to a key, and when. */
export interface Note {
  readonly by: string;
  readonly at: Date;
}

/** With a prefix that secret scanners can know us by. */
const makeSecret = (): string => `sbx_${newToken()}`;

/** Makes, rotates and revokes API keys, for the API and for the tool alike. */
export class ChangeKeys {
  constructor(
    private readonly keys: NewKeys & KeyRotations & KeyRevocations,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async make({ name, scopes, limits }: NewApiKey, by: string): Promise<KeyWithSecret> {
    const secret = makeSecret();
    const at = this.clock.now();
    const key: ApiKeyDocument = {
      _id: randomUUID(),
      sha256: sha256Hex(secret),
      name,
      scopes: [...new Set(scopes)],
      limits: limits ?? null,
      createdAt: at,
      revokedAt: null,
      lastUsedAt: null,
      history: [{ at, by, what: 'made' }],
    };
    await this.keys.insert(key);
    this.say('key.made', key._id, by);
    return { key, secret };
  }

  /**
   * A new secret. The one before it stays valid beside it, so that those who use the key can be given the new one first;
   * a secret that was the previous one already ends.
   */
  async rotate(id: string, by: string): Promise<Rotation> {
    const secret = makeSecret();
    const key = await this.keys.rotate(id, sha256Hex(secret), this.note(by));
    if (key === null) return { kind: (await this.keys.find(id)) === null ? 'no-such-key' : 'revoked' };
    this.say('key.rotated', id, by);
    return { kind: 'done', key, secret };
  }

  /** Ends the key, or only its previous secret; twice does no more. @returns null when there is no such key. */
  async revoke(id: string, which: 'all' | 'previous', by: string): Promise<ApiKeyDocument | null> {
    const note = this.note(by);
    const key = await (which === 'all' ? this.keys.revoke(id, note) : this.keys.revokePrevious(id, note));
    if (key !== null) this.say(which === 'all' ? 'key.revoked' : 'key.previous-secret-revoked', id, by);
    return key;
  }

  private note = (by: string): Note => ({ by, at: this.clock.now() });

  private say(event: string, key: string, by: string): void {
    this.log.info({ event, key, by }, event);
  }
}

export interface NewKeys {
  insert(key: ApiKeyDocument): Promise<void>;
}
export interface KeyRotations {
  find(id: string): Promise<ApiKeyDocument | null>;
  /** Makes the newest secret the previous one. @returns null for a key that is not there or is revoked. */
  rotate(id: string, sha256: string, note: Note): Promise<ApiKeyDocument | null>;
}
/** What has ended already stays as it is. @returns null when there is no such key. */
export interface KeyRevocations {
  revoke(id: string, note: Note): Promise<ApiKeyDocument | null>;
  revokePrevious(id: string, note: Note): Promise<ApiKeyDocument | null>;
}
