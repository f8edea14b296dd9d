import type { ApiKeyPrincipal } from '@signalbox/contracts';
import { principalOf, ProblemError } from '@signalbox/runtime';
import type { Request } from 'express';

/**
 * Whose key it is. @throws ProblemError `unauthenticated` for a request that did not come through the door: a controller
 * that somebody reaches past it answers nobody.
 */
export function senderOf(request: Request): ApiKeyPrincipal {
  const principal = principalOf(request);
  if (principal.kind === 'api-key') return principal;
  throw new ProblemError('unauthenticated', 'Events are sent with an API key.');
}

/** The bytes as they came; none when there was no body. */
export function bodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
