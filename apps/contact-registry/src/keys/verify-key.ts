import type { KeyVerdict } from '@signalbox/contracts';
import type { Clock, Log } from '@signalbox/runtime';
import type { ApiKeyDocument } from './api-key-document.js';

/** `lastUsedAt` is to find keys that nobody uses; writing it on every question would buy nothing. */
const noteEveryMs = 60_000;

/** Whether a key is known and not revoked, and what it may do. Asked by its SHA-256; the secret is never sent here. */
export class VerifyKey {
  constructor(
    private readonly keys: KnownKeys,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async execute(sha256: string): Promise<KeyVerdict> {
    const key = await this.keys.findByHash(sha256);
    if (key === null || key.revokedAt !== null) return { known: false };
    this.noteUse(key, sha256);
    const { _id: id, name, scopes, limits } = key;
    return {
      known: true,
      principal: { kind: 'api-key', id, name, scopes, ...(limits !== null && { limits }) },
    };
  }

  /** Beside the answer: who asks whether a key is good must not wait for a note, nor fail with it. */
  private noteUse({ _id: id, lastUsedAt, previous }: ApiKeyDocument, sha256: string): void {
    const now = this.clock.now();
    const noted = previous?.sha256 === sha256 ? previous.lastUsedAt : lastUsedAt;
    if (noted !== null && now.getTime() - noted.getTime() < noteEveryMs) return;
    this.keys.noteUse(sha256, now).catch((error: unknown) => {
      this.log.warn({ event: 'key.use-not-noted', key: id, err: error }, 'key.use-not-noted');
    });
  }
}

export interface KnownKeys {
  findByHash(sha256: string): Promise<ApiKeyDocument | null>;
  /** Notes when a secret was used, given its hash. */
  noteUse(sha256: string, at: Date): Promise<void>;
}
