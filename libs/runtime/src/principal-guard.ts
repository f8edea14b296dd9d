import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { SigningKeys } from './config-fragments.js';
import { setPrincipal } from './current-principal.js';
import { ProblemError } from './problem.js';
import { verifyPrincipalToken } from './principal-token.js';

/**
 * Lets in who brings a token of the gateway (`Authorization: Bearer <jws>`); for the services behind it.
 * Wired as `{ provide: APP_GUARD, useFactory: () => new PrincipalGuard(keys) }`.
 */
export class PrincipalGuard implements CanActivate {
  constructor(private readonly keys: SigningKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true; // What comes over Kafka has no caller to authenticate.
    const request = context.switchToHttp().getRequest<Request>();
    if (isOpenPath(request.path)) return true;
    setPrincipal(request, await verifyPrincipalToken(this.keys, bearerToken(request)));
    return true;
  }
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
