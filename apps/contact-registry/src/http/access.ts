import type { Environment, Principal } from '@signalbox/contracts';
import { ProblemError, requireScope } from '@signalbox/runtime';

/** Passes operators whose key may see this account, and this environment of it. @throws ProblemError `forbidden` */
export function requireOperator(principal: Principal, account?: string, environment?: Environment): void {
  requireScope(principal, 'operator');
  if (principal.kind !== 'api-key') return;
  const { accounts, environments } = principal.limits ?? {};
  if (account !== undefined && accounts !== undefined && !accounts.includes(account)) {
    throw new ProblemError('forbidden', 'This key is limited to other accounts.');
  }
  if (environment !== undefined && environments !== undefined && !environments.includes(environment)) {
    throw new ProblemError('forbidden', 'This key is limited to the other environment.');
  }
}

/** Passes our own processes. @throws ProblemError `forbidden` */
export function requireService(principal: Principal): void {
  if (principal.kind === 'service') return;
  throw new ProblemError('forbidden', 'This is for the services of Signalbox alone.');
}

/** The accounts that a key is limited to, or undefined for all. */
export const visibleAccounts = (principal: Principal): readonly string[] | undefined =>
  principal.kind === 'api-key' ? principal.limits?.accounts : undefined;

/** Who did something, for the history: a name to read, and an id that no other key ever has. */
export const nameOf = (principal: Principal): string =>
  principal.kind === 'api-key' ? `${principal.name} (${principal.id})` : principal.name;
