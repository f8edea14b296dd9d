import type { ApiKeyPrincipal } from '@signalbox/contracts';
import { bearerToken, ProblemError } from '@signalbox/runtime';
import type { ApiKeys } from './api-keys.js';

interface AuthorizedRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

/** What no key can be is refused without asking anybody. */
const keyPattern = /^sbx_\S{1,252}$/;

/**
 * Who asks, by the API key of the request.
 * @throws ProblemError `unauthenticated` for a key that is known to be none; `key-not-checkable` where that cannot be
 *   found out now: a 401 would make a sender give up on an event that is welcome.
 */
export async function authenticate(
  keys: Pick<ApiKeys, 'check'>,
  request: AuthorizedRequest,
): Promise<ApiKeyPrincipal> {
  const key = bearerToken(request);
  if (!keyPattern.test(key)) throw notAKey();
  const check = await keys.check(key);
  switch (check.outcome) {
    case 'known':
      return check.principal;
    case 'unknown':
      throw notAKey();
    case 'not-checkable':
      throw new ProblemError('key-not-checkable', 'The key cannot be checked right now. Ask again.', {
        cause: check.cause,
      });
  }
}

function notAKey(): ProblemError {
  return new ProblemError('unauthenticated', 'The API key is not known, or was revoked.');
}
