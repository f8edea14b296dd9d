import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, Scope } from '@signalbox/contracts';
import type { Request } from 'express';
import { ProblemError } from './problem.js';

/** On the request itself and by request, so that nothing a caller sends can end up in this place. */
const principals = new WeakMap<object, Principal>();

/** Said once by a guard: this is who asks. */
export function setPrincipal(request: object, principal: Principal): void {
  principals.set(request, principal);
}

/** @throws ProblemError `unauthenticated` when no guard has said who asks. */
export function principalOf(request: object): Principal {
  const principal = principals.get(request);
  if (principal === undefined) throw new ProblemError('unauthenticated', 'Nobody is signed in.');
  return principal;
}

/** `find(@CurrentPrincipal() principal: Principal)` */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context.switchToHttp().getRequest<Request>()),
);

/** Services of ours have all scopes: what they may do is decided by whoever asked them. */
export function hasScope(principal: Principal, ...oneOf: readonly Scope[]): boolean {
  switch (principal.kind) {
    case 'service':
      return true;
    case 'api-key':
      return oneOf.some((scope) => principal.scopes.includes(scope));
    case 'staff':
      return oneOf.includes(principal.role);
    case 'portal-user':
    case 'anonymous':
      return false;
  }
}
