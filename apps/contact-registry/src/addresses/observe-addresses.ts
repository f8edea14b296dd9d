import type { AddressHealth } from '@signalbox/contracts';
import { addressState, wasTested, type AddressFacts } from '@signalbox/domain';
import type { Clock } from '@signalbox/runtime';

/** One mailbox of one account, by its keyed hash. */
export interface Mailbox {
  readonly account: string;
  readonly addressHash: string;
}

/** The latest of each kind that a batch tells of one mailbox; null: nothing. */
export interface LatestObservation extends Mailbox {
  readonly lastAcceptedAt: Date | null;
  readonly lastBouncedAt: Date | null;
}

export interface ObservedFacts {
  observe(observations: readonly LatestObservation[]): Promise<void>;
  findMany(mailboxes: readonly Mailbox[]): Promise<readonly (Mailbox & AddressFacts)[]>;
}

export interface StatesToRefresh {
  later(accounts: readonly string[]): void;
}

/**
 * What mail servers said of addresses, into the facts. Doubled and disordered observations change nothing: of each kind
 * the latest instant stays. A bounce that may pass says nothing, since the mail is tried again.
 */
export class ObserveAddresses {
  constructor(
    private readonly facts: ObservedFacts,
    private readonly states: StatesToRefresh,
    private readonly clock: Clock,
  ) {}

  async execute(observed: readonly AddressHealth[]): Promise<void> {
    const now = this.clock.now();
    const latest = new Map<string, LatestObservation>();
    for (const each of observed) {
      if (each.observed === 'bounced' && !each.permanent) continue;
      const key = keyOf(each);
      latest.set(key, withObservation(latest.get(key), each, now));
    }
    await this.write([...latest.values()], now);
  }

  /** Few observations change what the lists say of an address, and only those are worth a look at the account. */
  private async write(latest: readonly LatestObservation[], now: Date): Promise<void> {
    if (latest.length === 0) return;
    const known = async () =>
      new Map((await this.facts.findMany(latest)).map((each) => [keyOf(each), asListed(each, now)]));
    const before = await known();
    await this.facts.observe(latest);
    const after = await known();
    const moved = latest.filter((each) => before.get(keyOf(each)) !== after.get(keyOf(each)));
    this.states.later(moved.map(({ account }) => account));
  }
}

const asListed = (facts: AddressFacts, now: Date): string =>
  `${addressState(facts, now)} ${wasTested(facts)}`;

const keyOf = ({ account, addressHash }: Mailbox): string => `${account}:${addressHash}`;

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
