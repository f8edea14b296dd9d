import {
  environments,
  type Environment,
  type EventKind,
  type KeyLimits,
  type LimitRule,
  type Principal,
} from '@signalbox/contracts';
import { ProblemError } from './problem.js';

/** What a request is about, as far as a key may be limited to it. */
export interface AskedFor {
  readonly account?: string | undefined;
  readonly environment?: Environment | undefined;
  readonly kind?: EventKind | undefined;
}

/** Whether the key's limits allow it; a portal user is limited to the accounts they belong to. */
export function isWithinLimits(principal: Principal, { account, environment, kind }: AskedFor): boolean {
  const limits = limitsOf(principal);
  return (
    isWithin(limits.accounts, account) &&
    isWithin(limits.environments, environment) &&
    isWithin(limits.kinds, kind)
  );
}

const isWithin = <T>(limit: readonly T[] | undefined, asked: T | undefined): boolean =>
  asked === undefined || limit === undefined || limit.includes(asked);

/** @throws ProblemError `forbidden`; to a portal user another's account is one that does not exist. */
export function requireWithinLimits(principal: Principal, asked: AskedFor): void {
  if (isWithinLimits(principal, asked)) return;
  if (principal.kind === 'portal-user') throw noSuchAccount();
  throw new ProblemError('forbidden', 'This key is limited to other accounts, environments or kinds.');
}

/** What a request names, all of it. */
export interface NamedInRequest {
  readonly accounts: readonly string[];
  readonly environments: readonly Environment[];
  readonly kinds: readonly EventKind[];
}

/** Holds a key's limits against what a call is about. @throws ProblemError `forbidden` */
export function requireLimits(
  principal: Principal,
  rule: LimitRule,
  { accounts, environments: named, kinds }: NamedInRequest,
): void {
  if (rule === 'unlimited') requireUnlimited(principal);
  for (const account of accounts) requireWithinLimits(principal, { account });
  for (const environment of environmentsOf(rule, named)) requireWithinLimits(principal, { environment });
  for (const kind of kinds) requireWithinLimits(principal, { kind });
}

function environmentsOf(rule: LimitRule, named: readonly Environment[]): readonly Environment[] {
  if (rule === 'production') return [...named, 'production'];
  return rule === 'or-production' && named.length === 0 ? ['production'] : named;
}

function requireUnlimited(principal: Principal): void {
  if (Object.values(limitsOf(principal)).every((limit) => limit === undefined)) return;
  throw new ProblemError('forbidden', 'This key is limited, and this is about all accounts.');
}

/** The environments that the principal may ask about; never none but for a key that is good for nothing. */
export const environmentsWithin = (principal: Principal): Environment[] =>
  environments.filter((environment) => isWithinLimits(principal, { environment }));

/** What the principal is limited to; a limit that is undefined does not exist. */
export function limitsOf(principal: Principal): KeyLimits {
  if (principal.kind === 'api-key') return principal.limits ?? {};
  if (principal.kind === 'portal-user')
    return { accounts: principal.memberships.map(({ account }) => account) };
  return {};
}

/** The same words, whether the account does not exist or is not this caller's to know of. */
export const noSuchAccount = (): ProblemError => new ProblemError('not-found', 'There is no such account.');
