import type { Environment, EventKind, Principal } from '@signalbox/contracts';
import { ProblemError } from './problem.js';

/** What a request is about, as far as a key may be limited to it. */
export interface AskedFor {
  readonly account?: string | undefined;
  readonly environment?: Environment | undefined;
  readonly kind?: EventKind | undefined;
}

/** Whether the key's limits allow it; a portal user is limited to the accounts they belong to. */
export function isWithinLimits(principal: Principal, { account, environment, kind }: AskedFor): boolean {
  const { accounts, environments, kinds } = limitsOf(principal);
  return (
    (account === undefined || accounts === undefined || accounts.includes(account)) &&
    (environment === undefined || environments === undefined || environments.includes(environment)) &&
    (kind === undefined || kinds === undefined || kinds.includes(kind))
  );
}

/** @throws ProblemError `forbidden`; to a portal user another's account is one that does not exist. */
export function requireWithinLimits(principal: Principal, asked: AskedFor): void {
  if (isWithinLimits(principal, asked)) return;
  if (principal.kind === 'portal-user') throw noSuchAccount();
  throw new ProblemError('forbidden', 'This key is limited to other accounts, environments or kinds.');
}

/** For what is about all accounts at once. @throws ProblemError `forbidden` */
export function requireUnlimited(principal: Principal): void {
  if (Object.values(limitsOf(principal)).every((limit) => limit === undefined)) return;
  throw new ProblemError('forbidden', 'This key is limited, and the answer would be about all accounts.');
}

/** What the principal is limited to; a limit that is undefined does not exist. */
export function limitsOf(principal: Principal): {
  readonly accounts?: readonly string[] | undefined;
  readonly environments?: readonly Environment[] | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
} {
  if (principal.kind === 'api-key') return principal.limits ?? {};
  if (principal.kind === 'portal-user')
    return { accounts: principal.memberships.map(({ account }) => account) };
  return {};
}

/** The same words, whether the account does not exist or is not this caller's to know of. */
export const noSuchAccount = (): ProblemError => new ProblemError('not-found', 'There is no such account.');
