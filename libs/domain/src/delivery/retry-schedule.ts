import type { Lane, MailLane } from '@signalbox/contracts';

export interface RetryPace {
  /** The wait after the first attempt, in milliseconds; each further wait is twice as long. */
  readonly firstMs: number;
  /** The longest wait, in milliseconds. */
  readonly mostMs: number;
}

/** How often a mail is tried again. An emergency, and somebody who waits to sign in, is worth a try each minute; a notice is not. */
export const retryPaces = {
  emergency: { firstMs: 1_000, mostMs: 60_000 },
  standard: { firstMs: 1_000, mostMs: 30 * 60_000 },
  bulk: { firstMs: 1_000, mostMs: 30 * 60_000 },
  account: { firstMs: 1_000, mostMs: 60_000 },
} as const satisfies Record<MailLane, RetryPace>;

/** RFC 5321 section 4.5.4.1: a sender gives up after four to five days at the earliest. */
export const retryHorizonMs = 5 * 24 * 60 * 60_000;

/**
 * The part of a wait that chance may take away, so that mails that failed together do not come back together. Only
 * downwards and only a quarter: what fails for 90 seconds is then tried again within a minute of the end.
 */
const jitter = 0.25;

export type NextAttempt = { readonly at: Date } | { readonly expired: true };

/**
 * When a delivery is tried again.
 * @param attempt the number of the attempt that has just failed, from 1.
 * @param acceptedAt when the event was accepted; the horizon counts from there.
 * @param chance a number in [0, 1).
 */
export function nextAttempt(
  lane: Lane,
  attempt: number,
  acceptedAt: Date,
  now: Date,
  chance: number,
): NextAttempt {
  return nextWithin(lane, attempt, new Date(acceptedAt.getTime() + retryHorizonMs), now, chance);
}

/** When an account mail is tried again: never after its link has ceased to hold. The parameters are those of `nextAttempt`. */
export const nextAccountMailAttempt = (
  attempt: number,
  expiresAt: Date,
  now: Date,
  chance: number,
): NextAttempt => nextWithin('account', attempt, expiresAt, now, chance);

function nextWithin(lane: MailLane, attempt: number, until: Date, now: Date, chance: number): NextAttempt {
  const { firstMs, mostMs } = retryPaces[lane];
  const waitMs = Math.min(firstMs * 2 ** (attempt - 1), mostMs) * (1 - jitter * chance);
  const at = new Date(now.getTime() + Math.round(waitMs));
  return at > until ? { expired: true } : { at };
}
