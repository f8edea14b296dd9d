import type { AddressHealth } from '@signalbox/contracts';
import type { Clock } from '@signalbox/runtime';

/** The latest of each kind that a batch tells of one mailbox; null: nothing. */
export interface LatestObservation {
  readonly account: string;
  readonly addressHash: string;
  readonly lastAcceptedAt: Date | null;
  readonly lastBouncedAt: Date | null;
}

export interface ObservedFacts {
  observe(observations: readonly LatestObservation[]): Promise<void>;
}

/**
 * What mail servers said of addresses, into the facts. Doubled and disordered observations change nothing: of each kind
 * the latest instant stays. A bounce that may pass says nothing, since the mail is tried again.
 */
export class ObserveAddresses {
  constructor(
    private readonly facts: ObservedFacts,
    private readonly clock: Clock,
  ) {}

  async execute(observed: readonly AddressHealth[]): Promise<void> {
    const now = this.clock.now();
    const latest = new Map<string, LatestObservation>();
    for (const each of observed) {
      if (each.observed === 'bounced' && !each.permanent) continue;
      const key = `${each.account}:${each.addressHash}`;
      latest.set(key, withObservation(latest.get(key), each, now));
    }
    await this.facts.observe([...latest.values()]);
  }
}

function withObservation(
  known: LatestObservation | undefined,
  { account, addressHash, observed, at }: AddressHealth,
  now: Date,
): LatestObservation {
  const { lastAcceptedAt = null, lastBouncedAt = null } = known ?? {};
  // What claims to come from the future would stand against everything that is observed until then.
  const instant = new Date(Math.min(Date.parse(at), now.getTime()));
  return observed === 'accepted'
    ? { account, addressHash, lastAcceptedAt: latestOf(lastAcceptedAt, instant), lastBouncedAt }
    : { account, addressHash, lastAcceptedAt, lastBouncedAt: latestOf(lastBouncedAt, instant) };
}

const latestOf = (known: Date | null, instant: Date): Date =>
  known !== null && known > instant ? known : instant;
