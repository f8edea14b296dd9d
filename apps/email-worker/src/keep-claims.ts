/** Prolongs leases. `DeliveryClaims` does. */
export interface ClaimRenewal {
  /** Answers the tokens that still hold. */
  renew(tokens: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface ClaimKeeper {
  /**
   * Keeps a claim until it is let go.
   * @param onLost called when somebody else has taken it over.
   * @returns lets it go.
   */
  keep(token: string, onLost: () => void): () => void;
  stop(): void;
}

/** A third of the lease: two renewals may fail before anybody else may take a claim over. */
const usualEveryMs = 3_000;

/**
 * Renews all claims of this process by one write, every three seconds, as long as their conversations last.
 * @param onError hears of renewals that failed; the next one is tried all the same.
 */
export function keepClaims(
  renewal: ClaimRenewal,
  onError: (error: unknown) => void,
  everyMs = usualEveryMs,
): ClaimKeeper {
  const kept = new Map<string, () => void>();
  let running = false;

  async function renewAll(): Promise<void> {
    const tokens = [...kept.keys()];
    if (running || tokens.length === 0) return;
    running = true;
    try {
      const held = await renewal.renew(tokens);
      for (const token of tokens) if (!held.has(token)) kept.get(token)?.();
    } catch (error) {
      onError(error);
    } finally {
      running = false;
    }
  }

  const timer = setInterval(() => void renewAll(), everyMs);
  return {
    keep(token, onLost) {
      kept.set(token, onLost);
      return () => kept.delete(token);
    },
    stop: () => clearInterval(timer),
  };
}
