import type { AddressState } from '@signalbox/contracts';

/** What is known of one mailbox of one account; null is never. */
export interface AddressFacts {
  /** Somebody followed the link in a mail that was sent there. */
  readonly confirmedAt: Date | null;
  /** A mail server took a mail for it. */
  readonly lastAcceptedAt: Date | null;
  /** A mail server said, for good, that it takes none. */
  readonly lastBouncedAt: Date | null;
}

/** So long a confirmation or an accepted mail speaks for an address. */
export const addressFreshForMs = 180 * 24 * 60 * 60 * 1000;

/** Addresses whose last confirmation or accepted mail is not after this instant are stale. */
export const addressStaleSince = (now: Date): Date => new Date(now.getTime() - addressFreshForMs);

/**
 * In which state an address is, by the first rule that holds:
 *
 * 1. `bouncing`: a permanent bounce later than every confirmation and accepted mail. Nothing is worse than that mail does
 *    not arrive, whatever was confirmed once.
 * 2. `stale`: there was a confirmation or an accepted mail, and the last of them is 180 days old.
 * 3. `confirmed`: somebody followed a link. Accepted mail keeps it fresh: it tells that the mailbox is still there.
 * 4. `unconfirmed`: all others. Mail that was accepted confirms nothing, since a mail server also takes what was meant for
 *    somebody else, or for everybody; only a person who follows a link shows that the right one reads it.
 *
 * @param facts undefined: nothing was ever observed.
 */
export function addressState(facts: AddressFacts | undefined, now: Date): AddressState {
  if (facts === undefined) return 'unconfirmed';
  const { confirmedAt, lastAcceptedAt, lastBouncedAt } = facts;
  const lastSign = later(confirmedAt, lastAcceptedAt);
  if (lastBouncedAt !== null && (lastSign === null || lastBouncedAt > lastSign)) return 'bouncing';
  if (lastSign !== null && lastSign <= addressStaleSince(now)) return 'stale';
  return confirmedAt === null ? 'unconfirmed' : 'confirmed';
}

/** Whether any mail was ever sent there of which something came: each of them is as good as a test. */
export const wasTested = (facts: AddressFacts | undefined): boolean =>
  facts !== undefined &&
  [facts.confirmedAt, facts.lastAcceptedAt, facts.lastBouncedAt].some((at) => at !== null);

/** When its state changes by time alone, which is when it turns stale; undefined: never. */
export function addressTurnsAt(facts: AddressFacts | undefined, now: Date): Date | undefined {
  const state = addressState(facts, now);
  if (facts === undefined || state === 'bouncing' || state === 'stale') return undefined;
  const lastSign = later(facts.confirmedAt, facts.lastAcceptedAt);
  return lastSign === null ? undefined : new Date(lastSign.getTime() + addressFreshForMs);
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
