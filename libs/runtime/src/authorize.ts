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
}

/**
 * Lets a principal make a call, or says why not. The row of the table says who may; whose account it is says the
 * principal alone. What a request names only in a body that is not JSON is for its use case to check.
 * @throws ProblemError `unauthenticated` | `forbidden` | `not-found` (another's account answers as one that is not there)
 *   | `contact-information-required` (the gate, with what is missing)
 */
export function authorize(principal: Principal, route: AuthorizedRoute, request: AskingRequest): void {
  if (route.who.includes('public')) return;
  switch (principal.kind) {
    case 'service':
      return;
    case 'anonymous':
      throw new ProblemError('unauthenticated', 'Sign in, or send Authorization: Bearer and a key.');
    case 'api-key':
    case 'staff':
      requireScopeOf(principal, route.who);
      for (const asked of askedFor(route, request)) requireWithinLimits(principal, asked);
      return;
    case 'portal-user':
      for (const { account, environment = 'production' } of askedFor(route, request))
        authorizePortalUser(principal, route, account, environment);
  }
}

type AuthorizedRoute = Pick<Route, 'who' | 'beforeGate' | 'query'>;
interface Asked {
  readonly account: string | undefined;
  readonly environment: Environment | undefined;
}

/** Everything the request names: one account in the query and another in the body must both be allowed. */
function askedFor({ query }: AuthorizedRoute, request: AskingRequest): Asked[] {
  const accounts = textsNamed('account', request);
  const environments = textsNamed('environment', request).flatMap(
    (text) => Environment.safeParse(text).data ?? [],
  );
  // The environment that a request means which names none, by the schema of its query.
  const usual = [Environment.safeParse(query?.safeParse({}).data?.['environment']).data];
  return (accounts.length > 0 ? accounts : [undefined]).flatMap((account) =>
    (environments.length > 0 ? environments : usual).map((environment) => ({ account, environment })),
  );
}

function requireScopeOf(principal: Principal, who: readonly Role[]): void {
  const wanted = who.filter((role): role is Scope => (scopes as readonly Role[]).includes(role));
  if (hasScope(principal, ...wanted)) return;
  const words = wanted.length > 0 ? `the scope ${wanted.join(' or ')}` : 'a portal user of the account';
  throw new ProblemError('forbidden', `This needs ${words}.`);
}

function authorizePortalUser(
  principal: PortalUserPrincipal,
  { who, beforeGate }: AuthorizedRoute,
  account: string | undefined,
  environment: Environment,
): void {
  // Whose account it is comes first: what a foreign account would answer else is nobody's to learn.
  const concerned = principal.memberships.filter((each) => account === undefined || each.account === account);
  if (concerned.length === 0) throw noSuchAccount();
  const allowed = concerned.filter(
    ({ role }) => who.includes(role) || (role === 'admin' && who.includes('member')),
  );
  if (allowed.length === 0) throw new ProblemError('forbidden', forbiddenWords(who));
  if (beforeGate !== true) for (const each of allowed) requireOpenGate(each, environment);
}

const forbiddenWords = (who: readonly Role[]): string =>
  who.includes('admin') ? 'This is for admins of the account.' : 'This is not for portal users.';

/** The gate: nothing else is reachable while required contact information is missing in the environment in use. */
function requireOpenGate({ account, missing }: Membership, environment: Environment): void {
  const fields = missing[environment];
  if (fields.length === 0) return;
  throw new ProblemError(
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
