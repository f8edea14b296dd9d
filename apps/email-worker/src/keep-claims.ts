/** Prolongs leases. `DeliveryClaims` does. */
export interface ClaimRenewal {
  /** How long a claim holds after it was made or renewed, in milliseconds. */
  readonly leaseMs: number;
  /** Answers the tokens that still hold. */
  renew(tokens: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface ClaimKeeper {
  /** The instant, on the clock that leases are counted by here. Read it right before a claim is asked for. */
  now(): number;
  /**
   * Keeps a claim until it is let go.
   * @param askedAt `now()` from before the claim was asked for.
   * @param onLost called when somebody else has taken it over.
   */
  keep(token: string, askedAt: number, onLost: () => void): KeptClaim;
  stop(): void;
}

export interface KeptClaim {
  /** Whether nobody else can have taken it over yet. Asks no one, so a process that was paused knows it at once. */
  isSure(): boolean;
  letGo(): void;
}

/** A third of the lease: two renewals may fail before anybody else may take a claim over. */
const usualEveryMs = 3_000;
/** The rest of a lease is for clocks that run unevenly, and for a final dot that is on its way. */
const sureShareOfLease = 0.95;

/**
 * Renews all claims of this process by one write, every three seconds, as long as their conversations last.
 * @param onError hears of renewals that failed; the next one is tried all the same.
 * @param now a clock that nobody sets, in milliseconds.
 */
export function keepClaims(
  renewal: ClaimRenewal,
  onError: (error: unknown) => void,
  everyMs = usualEveryMs,
  now = () => performance.now(),
): ClaimKeeper {
  const kept = new Map<string, { sureUntil: number; readonly onLost: () => void }>();
  // Counted from before the database was asked, since it starts the lease later than that.
  const sureFrom = (askedAt: number): number => askedAt + renewal.leaseMs * sureShareOfLease;
  let running = false;

  async function renewAll(): Promise<void> {
    const tokens = [...kept.keys()];
    if (running || tokens.length === 0) return;
    running = true;
    const askedAt = now();
    try {
      const held = await renewal.renew(tokens);
      for (const token of tokens) {
        const claim = kept.get(token);
        if (claim === undefined) continue;
        if (held.has(token)) claim.sureUntil = sureFrom(askedAt);
        else claim.onLost();
      }
    } catch (error) {
      onError(error);
    } finally {
      running = false;
    }
  }

  const timer = setInterval(() => void renewAll(), everyMs);
  return {
    now,
    keep(token, askedAt, onLost) {
      const claim = { sureUntil: sureFrom(askedAt), onLost };
      kept.set(token, claim);
      return {
        isSure: () => now() < claim.sureUntil,
        letGo: () => void kept.delete(token),
      };
    },
    stop: () => clearInterval(timer),
  };
}
