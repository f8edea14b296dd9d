import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { findRoute, internalPaths, routes, type Principal, type Route } from '@signalbox/contracts';
import type { Request } from 'express';
import { authorize } from './authorize.js';
import type { SigningKeys } from './config-fragments.js';
import { setPrincipal } from './current-principal.js';
import { ProblemError } from './problem.js';
import { verifyPrincipalToken } from './principal-token.js';

const internal: ReadonlySet<string> = new Set(Object.values(internalPaths));

/**
 * Lets in who brings a token of the gateway (`Authorization: Bearer <jws>`) and may make this call; for the services
 * behind it. What stands neither in the table of routes nor among the internal paths is reached by nobody.
 * Wired as `{ provide: APP_GUARD, useFactory: () => new PrincipalGuard(keys) }`.
 */
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly keys: SigningKeys,
    private readonly table: readonly Route[] = routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true; // What comes over Kafka has no caller to authenticate.
    const request = context.switchToHttp().getRequest<Request>();
    if (isOpenPath(request.path)) return true;
    const principal = await verifyPrincipalToken(this.keys, bearerToken(request));
    const isInternal = internal.has(request.path);
    if (isInternal) requireService(principal);
    setPrincipal(request, isInternal ? principal : authorize(principal, this.rowOf(request), request));
    return true;
  }

  private rowOf({ method, path }: Request): Route {
    const found = findRoute(method, path, this.table);
    if (found.found === 'route') return found.route;
    throw new ProblemError('not-found', `There is nothing at ${path}.`);
  }
}

function requireService(principal: Principal): void {
  if (principal.kind === 'service') return;
  throw new ProblemError('forbidden', 'This is for the services of Signalbox alone.');
}

/** What an orchestrator and Prometheus ask without a key; nothing there is about an account. */
export function isOpenPath(path: string): boolean {
  return /^\/(?:health|metrics)(?:\/|$)/.test(path);
}

/** RFC 6750 section 2.1. @throws ProblemError `unauthenticated` */
export function bearerToken(request: {
  readonly headers: { readonly authorization?: string | undefined };
}): string {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw new ProblemError('unauthenticated', 'Send Authorization: Bearer and a key.');
  return token;
}
