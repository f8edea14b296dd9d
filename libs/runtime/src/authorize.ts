import {
  Environment,
  EventKind,
  scopes,
  type Membership,
  type PortalUserPrincipal,
  type Principal,
  type Role,
  type Route,
  type Scope,
} from '@signalbox/contracts';
import type { z } from 'zod';
import { hasScope } from './current-principal.js';
import { noSuchAccount, requireLimits, type NamedInRequest } from './key-limits.js';
import { ProblemError } from './problem.js';

/** Where a request may say which account and environment it is about. Nothing of it says who asks. */
export interface AskingRequest {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  /** The environment may stand in a body that comes later: whether the gate is open is then for its reader to say. */
  readonly isBodyUnread?: boolean;
}

/**
 * Lets a principal make a call, or says why not. The row of the table says who may; whose account it is says the
 * principal alone. What a request names only in a body that is not JSON is for its use case to check.
 * @returns who asks, as far as the call lets them in: of a portal user the accounts that it may be about, so that one whose
 *   gate is closed keeps nobody from the others.
 * @throws ProblemError `unauthenticated` | `forbidden` | `not-found` (another's account answers as one that is not there)
 *   | `contact-information-required` (the gate, with what is missing)
 */
export function authorize(principal: Principal, route: AuthorizedRoute, request: AskingRequest): Principal {
  if (route.who.includes('public')) return principal;
  const asked = askedIn(request);
  switch (principal.kind) {
    case 'service':
      return principal;
    case 'anonymous':
      throw new ProblemError('unauthenticated', 'Sign in, or send Authorization: Bearer and a key.');
    case 'api-key':
    case 'staff':
      requireScopeOf(principal, route.who);
      requireLimits(principal, route.limits, asked);
      return principal;
    case 'portal-user': {
      const accounts = asked.accounts.length > 0 ? asked.accounts : [undefined];
      const admitted = new Set(accounts.flatMap((account) => admittedBy(principal, route, account, asked)));
      return { ...principal, memberships: principal.memberships.filter((each) => admitted.has(each)) };
    }
  }
}

type AuthorizedRoute = Pick<Route, 'who' | 'limits' | 'beforeGate'>;

/** Everything the request names: one account in the query and another in the body must both be allowed. */
interface Asked extends NamedInRequest {
  readonly isWhole: boolean;
}

function askedIn(request: AskingRequest): Asked {
  const named = <T>(name: string, schema: z.ZodType<T>): T[] =>
    textsNamed(name, request).flatMap((text) => schema.safeParse(text).data ?? []);
  return {
    accounts: textsNamed('account', request),
    environments: named('environment', Environment),
    kinds: named('kind', EventKind),
    isWhole: request.isBodyUnread !== true,
  };
}

function requireScopeOf(principal: Principal, who: readonly Role[]): void {
  const wanted = who.filter((role): role is Scope => (scopes as readonly Role[]).includes(role));
  if (hasScope(principal, ...wanted)) return;
  const words = wanted.length > 0 ? `the scope ${wanted.join(' or ')}` : 'a portal user of the account';
  throw new ProblemError('forbidden', `This needs ${words}.`);
}

/** The accounts of a portal user that a call may be about which names this one, or no account. */
function admittedBy(
  principal: PortalUserPrincipal,
  { who, beforeGate }: AuthorizedRoute,
  account: string | undefined,
  { environments: named, isWhole }: Asked,
): readonly Membership[] {
  // Whose account it is comes first: what a foreign account would answer else is nobody's to learn.
  const concerned = principal.memberships.filter((each) => account === undefined || each.account === account);
  if (concerned.length === 0) throw noSuchAccount();
  const environments = named.length > 0 ? named : (['production'] as const);
  const isOpen = (each: Membership) => beforeGate === true || closedIn(each, environments) === undefined;
  const open = concerned.filter(isOpen);
  const admitted = (isWhole ? open : concerned).filter(
    ({ role }) => who.includes(role) || (role === 'admin' && who.includes('member')),
  );
  if (admitted.length > 0) return admitted;
  const [first] = concerned;
  // The gate before the role: while it is closed, what is asked for is the answer to every other call.
  if (first !== undefined && open.length === 0) throw gateIsClosed(first, environments);
  throw new ProblemError('forbidden', forbiddenWords(who));
}

const forbiddenWords = (who: readonly Role[]): string =>
  who.includes('admin') ? 'This is for admins of the account.' : 'This is not for portal users.';

/** The first of these environments in which something is missing. */
const closedIn = ({ missing }: Membership, environments: readonly Environment[]): Environment | undefined =>
  environments.find((environment) => missing[environment].length > 0);

/** The gate: nothing else is reachable while required contact information is missing in the environment in use. */
function gateIsClosed(closed: Membership, environments: readonly Environment[]): ProblemError {
  const { account, missing } = closed;
  const environment = closedIn(closed, environments) ?? 'production';
  const fields = missing[environment];
  return new ProblemError(
    'contact-information-required',
    `Before anything else, ${account} needs in ${environment}: ${fields.join(', ')}.`,
    {
      extra: {
        account,
        environment,
        missing: fields.map((field) => ({ field, code: 'required', detail: `${field} is required.` })),
      },
    },
  );
}

/** What the path, the query and the body say under a name. */
function textsNamed(name: string, { params, query, body }: AskingRequest): string[] {
  return [params, query, body].flatMap((place) => {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return [];
    const value = (place as Record<string, unknown>)[name];
    return typeof value === 'string' ? [value] : [];
  });
}
