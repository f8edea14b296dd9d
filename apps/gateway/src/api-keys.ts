import type { ApiKeyPrincipal, KeyVerdict } from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';

/** Who knows the keys; the registry. Rejects when it cannot answer. */
export interface KeyRegistry {
  verify(sha256: string): Promise<KeyVerdict>;
}

export type KeyCheck =
  | { readonly outcome: 'known'; readonly principal: ApiKeyPrincipal }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'not-checkable'; readonly cause: unknown };

/**
 * How long an answer of the registry serves, in milliseconds (protocol section 3). `fresh` is the promise: a revoked key
 * is refused 60 s later at the latest. From `refresh` on a key in use is asked about again in the background, so that
 * nobody waits for it. `unknown` is short, because a key may have been made a moment ago.
 */
export const keyTimesMs = {
  refresh: 30_000,
  fresh: 60_000,
  whileAway: 3_600_000,
  unknown: 3_000,
  betweenFailures: 2_000,
} as const;

/** Made-up keys cost an attacker nothing, so what is remembered of them is bounded. */
const mostUnknown = 10_000;

interface KnownKey {
  readonly principal: ApiKeyPrincipal;
  readonly askedAtMs: number;
  /** When the registry last failed to answer about it, since this answer. */
  failedAtMs?: number;
}

/**
 * The verified keys, so that the registry is not on the way of every event, and its absence stops no emergency.
 * Only hashes are kept and sent; the key itself goes no further than this file.
 */
export class ApiKeys {
  private readonly known = new Map<string, KnownKey>();
  private readonly unknownUntilMs = new Map<string, number>();
  private readonly asking = new Map<string, Promise<KeyCheck>>();

  /** @param nowMs a clock that is never set back, or a revoked key could come to life again. */
  constructor(
    private readonly registry: KeyRegistry,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  async check(key: string): Promise<KeyCheck> {
    const sha256 = sha256Hex(key);
    const known = this.known.get(sha256);
    if (known === undefined)
      return this.isKnownToBeUnknown(sha256) ? { outcome: 'unknown' } : this.ask(sha256);

    const ageMs = this.nowMs() - known.askedAtMs;
    const kept: KeyCheck = { outcome: 'known', principal: known.principal };
    if (ageMs < keyTimesMs.refresh) return kept;
    if (ageMs >= keyTimesMs.whileAway) {
      this.known.delete(sha256);
      return this.ask(sha256);
    }
    const answer = this.failedJustNow(known) ? undefined : this.ask(sha256);
    // Once the registry is known to be away nobody waits for it again; the asking goes on behind.
    if (ageMs < keyTimesMs.fresh || known.failedAtMs !== undefined || answer === undefined) return kept;
    const fresh = await answer;
    return fresh.outcome === 'not-checkable' ? kept : fresh;
  }

  /** Callers with the same key share one call. Never rejects. */
  private ask(sha256: string): Promise<KeyCheck> {
    const running = this.asking.get(sha256);
    if (running !== undefined) return running;
    const asking = this.askRegistry(sha256).finally(() => this.asking.delete(sha256));
    this.asking.set(sha256, asking);
    return asking;
  }

  private async askRegistry(sha256: string): Promise<KeyCheck> {
    const askedAtMs = this.nowMs(); // Before the call: a key may be revoked while the answer is on its way.
    try {
      const verdict = await this.registry.verify(sha256);
      return this.keep(sha256, verdict, askedAtMs);
    } catch (cause) {
      const known = this.known.get(sha256);
      if (known !== undefined) known.failedAtMs = this.nowMs();
      return { outcome: 'not-checkable', cause };
    }
  }

  private keep(sha256: string, verdict: KeyVerdict, askedAtMs: number): KeyCheck {
    if (verdict.known) {
      this.known.set(sha256, { principal: verdict.principal, askedAtMs });
      this.unknownUntilMs.delete(sha256);
      return { outcome: 'known', principal: verdict.principal };
    }
    this.known.delete(sha256);
    const [oldest] = this.unknownUntilMs.keys();
    if (oldest !== undefined && this.unknownUntilMs.size >= mostUnknown) this.unknownUntilMs.delete(oldest);
    this.unknownUntilMs.set(sha256, this.nowMs() + keyTimesMs.unknown);
    return { outcome: 'unknown' };
  }

  private isKnownToBeUnknown(sha256: string): boolean {
    const untilMs = this.unknownUntilMs.get(sha256);
    if (untilMs === undefined) return false;
    if (untilMs > this.nowMs()) return true;
    this.unknownUntilMs.delete(sha256);
    return false;
  }

  private failedJustNow({ failedAtMs }: KnownKey): boolean {
    return failedAtMs !== undefined && this.nowMs() - failedAtMs < keyTimesMs.betweenFailures;
  }
}
