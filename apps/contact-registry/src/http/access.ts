import type { Environment, Principal } from '@signalbox/contracts';
import { limitsOf, ProblemError, requireScope, requireWithinLimits } from '@signalbox/runtime';

/** Passes operators whose key may see this account, and this environment of it. @throws ProblemError `forbidden` */
export function requireOperator(principal: Principal, account?: string, environment?: Environment): void {
  requireScope(principal, 'operator');
  requireWithinLimits(principal, { account, environment });
}

/** Passes our own processes. @throws ProblemError `forbidden` */
export function requireService(principal: Principal): void {
  if (principal.kind === 'service') return;
  throw new ProblemError('forbidden', 'This is for the services of Signalbox alone.');
}

/** The accounts that a key is limited to, or undefined for all. */
export const visibleAccounts = (principal: Principal): readonly string[] | undefined =>
  limitsOf(principal).accounts;

/** Who did something, for the history: a name to read, and an id that no other key ever has. */
export const nameOf = (principal: Principal): string =>
  principal.kind === 'api-key' ? `${principal.name} (${principal.id})` : principal.name;
