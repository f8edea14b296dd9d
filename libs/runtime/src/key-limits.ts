import type { Environment, EventKind, Principal } from '@signalbox/contracts';
import { ProblemError } from './problem.js';

/** What a request is about, as far as a key may be limited to it. */
export interface AskedFor {
  readonly account?: string | undefined;
  readonly environment?: Environment | undefined;
  readonly kind?: EventKind | undefined;
}

/** Whether the key's limits allow it; what has no key has no limits. */
export function isWithinLimits(principal: Principal, { account, environment, kind }: AskedFor): boolean {
  const { accounts, environments, kinds } = limitsOf(principal);
  return (
    (account === undefined || accounts === undefined || accounts.includes(account)) &&
    (environment === undefined || environments === undefined || environments.includes(environment)) &&
    (kind === undefined || kinds === undefined || kinds.includes(kind))
  );
}

/** @throws ProblemError `forbidden` */
export function requireWithinLimits(principal: Principal, asked: AskedFor): void {
  if (isWithinLimits(principal, asked)) return;
  throw new ProblemError('forbidden', 'This key is limited to other accounts, environments or kinds.');
}

/** For what is about all accounts at once. @throws ProblemError `forbidden` */
export function requireUnlimited(principal: Principal): void {
  if (Object.values(limitsOf(principal)).every((limit) => limit === undefined)) return;
  throw new ProblemError('forbidden', 'This key is limited, and the answer would be about all accounts.');
}

/** What the key is limited to; a limit that is undefined does not exist. */
export const limitsOf = (
  principal: Principal,
): {
  readonly accounts?: readonly string[] | undefined;
  readonly environments?: readonly Environment[] | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
} => (principal.kind === 'api-key' ? (principal.limits ?? {}) : {});
