import {
  findRoute,
  isPortalPage,
  problemCodes,
  type FoundRoute,
  type Principal,
  type Route,
} from '@signalbox/contracts';
import {
  answerProblem,
  authorize,
  bodyProblem,
  isOpenPath,
  type Log,
  ProblemError,
  setPrincipal,
  toProblem,
} from '@signalbox/runtime';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { RequestListener } from 'node:http';
import type { ApiKeys } from './api-keys.js';
import { authenticate } from './authenticate.js';
import type { PassOn, PassOnTarget } from './pass-on.js';
import { isForPerson } from './portal/portal-page.js';
import { readBody } from './read-body.js';
import { requireOwnSite } from './same-site.js';
import type { Sessions } from './sessions.js';

export interface Door {
  readonly keys: Pick<ApiKeys, 'check'>;
  readonly sessions: Pick<Sessions, 'check' | 'cookie'>;
  /** The origin of PUBLIC_URL: what our own pages are recognised by. */
  readonly publicOrigin: string;
  /** The path of PUBLIC_URL without a slash at its end. A proxy may take it away, and need not. */
  readonly publicPath: string;
  readonly passOn: Pick<PassOn, 'execute'>;
  readonly targets: Readonly<Record<Exclude<Route['servedBy'], 'gateway'>, PassOnTarget>>;
  /** Answers a person at an address where nothing is. */
  readonly answerLost: (request: Request, response: Response) => void;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Where monitors knock; their bodies and their refusals are treated apart. */
const isForMonitors = ({ path }: Route): boolean => path.startsWith('/v1/intake/');

/** The most bytes of a body, unpacked; a batch of events has to fit. */
export const mostBodyBytes = 1024 * 1024;
/**
 * The same for monitors; what is longer becomes a dead letter and is not refused, so it is more than Alertmanager comes to
 * in the worst outage: one call holds a whole group, and 10,000 alerts of 3 kB each fit. What is read stays in memory.
 */
export const mostMonitorBytes = 32 * 1024 * 1024;

/**
 * Everything that comes in comes through here: an open page, or a route of the table, asked for with a key that may. It
 * stands before Nest and its body parsers, so that nobody's bytes are read before it is known who sends them.
 * @param inside who answers what is let in, the body's bytes in `request.body`.
 */
export function openDoor(door: Door, inside: RequestListener): RequestListener {
  const http = express().disable('x-powered-by').set('etag', false);
  const readRaw = express.raw({ limit: mostBodyBytes, type: () => true });
  http.use(async (request: Request, response: Response, next: NextFunction) => {
    response.set(safeHeaders);
    request.url = withoutPublicPath(request, door.publicPath);
    if (isOpenToAll(request.path)) return next();
    const looked = findRoute(request.method, request.path);
    if (looked.found === 'nothing' && isForPerson(request)) return door.answerLost(request, response);
    const found = routeOf(request, looked);
    const { route, path } = found;
    const session = sessionOf(request, door);
    const { principal, setCookie } = await authenticateAt(found, request, session, door);
    setPrincipal(request, principal);
    if (setCookie !== undefined) response.append('Set-Cookie', setCookie);
    if (route.servedBy !== 'gateway') {
      return door.passOn.execute(request, response, {
        target: door.targets[route.servedBy],
        path,
        principal,
        ...(session !== undefined && route.servedBy === 'contact-registry' && { session }),
      });
    }
    if (!isForMonitors(route)) return readRaw(request, response, next);
    request.body = await readBody(request, mostMonitorBytes);
    next();
  });
  http.use((request: Request, response: Response) => inside(request, response));
  http.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerProblem(response, problemOf(error, request, door), request.path);
  });
  return http;
}

function problemOf(error: unknown, request: Request, { log }: Door): ProblemError {
  const problem = toProblem(bodyProblem(error, mostBodyBytes) ?? error);
  if (problemCodes[problem.code].fault === 'ours') {
    const fields = {
      event: 'request.failed',
      code: problem.code,
      method: request.method,
      path: request.path,
    };
    log.error({ ...fields, err: problem.cause ?? problem }, 'request.failed');
  }
  return problem;
}

/** Pages are ours alone: no other site may frame them, and they load nothing from elsewhere. */
const safeHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
} as const;

/** What is readable without a key. Not a route of the table, and about no account. */
const openPaths: ReadonlySet<string> = new Set(['/openapi.json', '/asyncapi.json', '/docs']);

function isOpenToAll(path: string): boolean {
  return openPaths.has(path) || isPortalPage(path) || /^\/(?:docs|assets)\//.test(path) || isOpenPath(path);
}

/** What stands at an address as it came is left there, as where a proxy has taken away a path that is called like one of ours. */
function withoutPublicPath({ method, path, url }: Request, publicPath: string): string {
  const isBelow = path === publicPath || path.startsWith(`${publicPath}/`);
  if (publicPath === '' || !isBelow) return url;
  if (isOpenToAll(path) || findRoute(method, path).found !== 'nothing') return url;
  const rest = url.slice(publicPath.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** @throws ProblemError `not-found` | `method-not-allowed` */
function routeOf(request: Request, found: FoundRoute): Extract<FoundRoute, { found: 'route' }> {
  switch (found.found) {
    case 'route':
      return found;
    case 'nothing':
      throw new ProblemError('not-found', `There is nothing at ${request.path}.`);
    case 'other-methods': {
      const Allow = found.allow.join(', ');
      throw new ProblemError('method-not-allowed', `${request.path} takes ${Allow}.`, { headers: { Allow } });
    }
  }
}

/** The value of the session cookie. With an API key beside it, the key is who asks. */
function sessionOf({ headers }: Request, { sessions }: Door): string | undefined {
  return headers.authorization === undefined ? sessions.cookie.read(headers.cookie) : undefined;
}

interface Authenticated {
  readonly principal: Principal;
  readonly setCookie?: string;
}

async function authenticateAt(
  { route, params }: Extract<FoundRoute, { found: 'route' }>,
  request: Request,
  session: string | undefined,
  door: Door,
): Promise<Authenticated> {
  try {
    if (request.headers.authorization === undefined) {
      requireOwnSite(request, door.publicOrigin, session !== undefined);
    }
    if (route.who.includes('public')) return { principal: { kind: 'anonymous' } };
    const signedIn: Authenticated =
      session === undefined
        ? { principal: await authenticate(door.keys, request) }
        : await door.sessions.check(session);
    // By what path and query say. What stands in the body is for the process that reads it.
    authorize(signedIn.principal, route, { params, query: request.query, isBodyUnread: true });
    return signedIn;
  } catch (error) {
    // A monitor that is turned away goes unheard until somebody sees it, so it is told here. A warning and not an error:
    // anybody on the network can send a made-up key, and that must wake nobody.
    if (isForMonitors(route) && error instanceof ProblemError) {
      door.log.warn(
        { event: 'operator.alarm', alarm: 'monitor-refused', code: error.code, path: route.path },
        'operator.alarm',
      );
    }
    throw error;
  }
}
