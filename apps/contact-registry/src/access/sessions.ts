import type { SigningKeys } from '@signalbox/runtime';
import type { Identity } from './identities.js';
import { libraryCookieName, signedCookieValue, type SignInLibrary } from './sign-in-library.js';

export interface Session {
  readonly identity: Identity;
  readonly token: string;
  readonly expiresAt: Date;
  /** The cookie's new value where the browser is to be given one: it was renewed, or signed with the previous key. */
  readonly renewed?: string;
}

/** The sessions of people, found by the value of their cookie. */
export class Sessions {
  /**
   * @param libraries one that signs with the current key, and one with the previous key if there is one, so that a
   *   change of keys signs nobody out.
   */
  constructor(
    private readonly keys: SigningKeys,
    private readonly libraries: { readonly current: SignInLibrary; readonly previous?: SignInLibrary },
  ) {}

  /** The cookie's value for a session that was just opened. */
  cookieOf(sessionToken: string): string {
    return signedCookieValue(this.keys.current, sessionToken);
  }

  /** Undefined for a cookie that nobody of us made, and for a session that has run out or was ended. */
  async find(cookie: string): Promise<Session | undefined> {
    const current = await readSession(this.libraries.current, cookie);
    if (current !== undefined || this.libraries.previous === undefined) return this.found(current);
    const previous = await readSession(this.libraries.previous, cookie);
    return this.found(previous && { ...previous, isRenewed: true });
  }

  /** Ends the session of this cookie, if it is one. */
  async end(cookie: string): Promise<void> {
    const session = await this.find(cookie);
    if (session !== undefined) await this.endByToken(session.token);
  }

  async endByToken(sessionToken: string): Promise<void> {
    await (await this.libraries.current.$context).internalAdapter.deleteSession(sessionToken);
  }

  private found(session: ReadSession | undefined): Session | undefined {
    if (session === undefined) return undefined;
    const { isRenewed, ...rest } = session;
    return isRenewed ? { ...rest, renewed: this.cookieOf(rest.token) } : rest;
  }
}

type ReadSession = Omit<Session, 'renewed'> & { readonly isRenewed: boolean };

async function readSession(library: SignInLibrary, cookie: string): Promise<ReadSession | undefined> {
  const { headers, response } = await library.api.getSession({
    headers: new Headers({ cookie: `${libraryCookieName}=${cookie}` }),
    returnHeaders: true,
  });
  if (response === null) return undefined;
  const { session, user } = response;
  return {
    identity: { id: user.id, mailbox: user.mailbox },
    token: session.token,
    expiresAt: session.expiresAt,
    isRenewed: headers.has('set-cookie'),
  };
}
