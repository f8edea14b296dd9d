/** The cookie of a session, as the registry sets it and the gateway reads it. */
export interface SessionCookie {
  readonly name: string;
  /** Its value in a request's Cookie field; the first, should there be several. */
  read(cookies: string | undefined): string | undefined;
  /** The Set-Cookie field that gives a browser the session. */
  set(value: string): string;
  /** The Set-Cookie field that takes it away. */
  readonly cleared: string;
}

/** How long a session holds without being used, in seconds; the browser forgets the cookie with it. */
export const sessionIdleSeconds = 7 * 24 * 60 * 60;

const plainName = 'signalbox_session';

/**
 * No script can read it and no other site's form can send it. Under https the prefix `__Host-` binds it to exactly this
 * host (RFC 6265bis section 4.1.3.2), so that a neighbour's subdomain cannot put one of its own in its place.
 * The path is `/` wherever PUBLIC_URL leads, since the prefix asks for that.
 */
export function sessionCookie(publicUrl: string): SessionCookie {
  const isTls = publicUrl.startsWith('https:');
  const name = isTls ? `__Host-${plainName}` : plainName;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isTls ? '; Secure' : ''}`;
  return {
    name,
    read: (cookies = '') =>
      cookies
        .split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${name}=`))
        ?.slice(name.length + 1),
    set: (value) => `${name}=${value}; Max-Age=${sessionIdleSeconds}; ${attributes}`,
    cleared: `${name}=; Max-Age=0; ${attributes}`,
  };
}
