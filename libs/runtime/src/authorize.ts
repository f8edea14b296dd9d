import {
  Environment,
  scopes,
  type Membership,
  type PortalUserPrincipal,
  type Principal,
  type Role,
  type Route,
  type Scope,
} from '@signalbox/contracts';
import { hasScope } from './current-principal.js';
import { noSuchAccount, requireWithinLimits } from './key-limits.js';
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
  const asked = askedFor(route, request);
  switch (principal.kind) {
    case 'service':
      return principal;
    case 'anonymous':
      throw new ProblemError('unauthenticated', 'Sign in, or send Authorization: Bearer and a key.');
    case 'api-key':
    case 'staff':
      requireScopeOf(principal, route.who);
      for (const account of asked.accounts)
        for (const environment of asked.environments)
          requireWithinLimits(principal, { account, environment });
      return principal;
    case 'portal-user': {
      const admitted = new Set(
        asked.accounts.flatMap((account) => admittedBy(principal, route, account, asked)),
      );
      return { ...principal, memberships: principal.memberships.filter((each) => admitted.has(each)) };
    }
  }
}

type AuthorizedRoute = Pick<Route, 'who' | 'beforeGate' | 'query'>;
/** Everything the request names: one account in the query and another in the body must both be allowed. */
interface Asked {
  readonly accounts: readonly (string | undefined)[];
  readonly environments: readonly (Environment | undefined)[];
  readonly isWhole: boolean;
}

function askedFor({ query }: AuthorizedRoute, request: AskingRequest): Asked {
  const accounts = textsNamed('account', request);
  const environments = textsNamed('environment', request).flatMap(
    (text) => Environment.safeParse(text).data ?? [],
  );
  // The environment that a request means which names none, by the schema of its query.
  const usual = Environment.safeParse(query?.safeParse({}).data?.['environment']).data;
  return {
    accounts: accounts.length > 0 ? accounts : [undefined],
    environments: environments.length > 0 ? environments : [usual],
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
  { environments, isWhole }: Asked,
): readonly Membership[] {
  // Whose account it is comes first: what a foreign account would answer else is nobody's to learn.
  const concerned = principal.memberships.filter((each) => account === undefined || each.account === account);
  if (concerned.length === 0) throw noSuchAccount();
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

/** The first of these environments in which something is missing; one that is not named is production. */
function closedIn({ missing }: Membership, environments: Asked['environments']): Environment | undefined {
  return environments
    .map((environment) => environment ?? 'production')
    .find((environment) => missing[environment].length > 0);
}

/** The gate: nothing else is reachable while required contact information is missing in the environment in use. */
function gateIsClosed(closed: Membership, environments: Asked['environments']): ProblemError {
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
