import { internalPaths, SessionVerdict } from '@signalbox/contracts';
import { ProblemError, type SessionCookie, type SigningKeys } from '@signalbox/runtime';
import { askRegistry } from './ask-registry.js';

/** Whose a session is, and the Set-Cookie field that the browser gets with the answer, if its cookie was renewed. */
export interface SignedIn {
  readonly principal: Extract<SessionVerdict, { known: true }>['principal'];
  readonly setCookie?: string;
}

/** Who knows the sessions; the registry. Rejects when it cannot answer. */
export interface SessionRegistry {
  verify(cookie: string): Promise<SessionVerdict>;
}

/**
 * The sessions of people, asked about with every request: nothing is kept here, so that who signs out, or is taken out of
 * an account, is out with the next one.
 */
export class Sessions {
  constructor(
    private readonly registry: SessionRegistry,
    readonly cookie: SessionCookie,
  ) {}

  /**
   * @param value of the session cookie.
   * @throws ProblemError `unauthenticated` for a session that is known to be none, and the cookie is taken back;
   *   `session-not-checkable` where that cannot be found out now: a 401 would sign somebody out who is signed in.
   */
  async check(value: string): Promise<SignedIn> {
    const verdict = await this.registry.verify(value).catch((cause: unknown) => {
      throw new ProblemError('session-not-checkable', 'The session cannot be checked right now. Ask again.', {
        cause,
      });
    });
    if (!verdict.known) {
      throw new ProblemError('unauthenticated', 'The session is over. Sign in again.', {
        headers: { 'Set-Cookie': this.cookie.cleared },
      });
    }
    const { principal, renewed } = verdict;
    return { principal, ...(renewed !== undefined && { setCookie: this.cookie.set(renewed) }) };
  }
}

/** Asks the registry about sessions over HTTP. */
export function registrySessions(registryUrl: string, signingKeys: SigningKeys): SessionRegistry {
  const url = new URL(internalPaths.verifySession, registryUrl);
  return { verify: (cookie) => askRegistry(signingKeys, url, { cookie }, SessionVerdict) };
}
