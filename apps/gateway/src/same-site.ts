import { ProblemError } from '@signalbox/runtime';

/** What of a request tells which site's page sent it, if a page did. */
export interface SentFrom {
  readonly method: string;
  readonly headers: {
    readonly origin?: string | undefined;
    readonly 'sec-fetch-site'?: string | string[] | undefined;
  };
}

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** `none` is a person with an address bar or a bookmark, and no page at all. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Whether no other site's page can have sent a request that changes something, in the name of whoever looks at that page
 * (CSRF). A browser says on each such request where it comes from, by Origin and, newer ones, by Sec-Fetch-Site, and no page
 * can make it say otherwise. A request that says neither comes from a program, which a stolen cookie would not need.
 * @param publicOrigin of PUBLIC_URL, where our own pages are.
 * @param hasSession whether it carries a session cookie; then it has to say where it comes from.
 */
export function isOwnSite({ method, headers }: SentFrom, publicOrigin: string, hasSession: boolean): boolean {
  if (reads.has(method)) return true;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origin !== publicOrigin) return false;
  if (site !== undefined && !ownSites.has(String(site))) return false;
  return !hasSession || origin !== undefined || site !== undefined;
}

/** @throws ProblemError `cross-site-request` */
export function requireOwnSite(request: SentFrom, publicOrigin: string, hasSession: boolean): void {
  if (isOwnSite(request, publicOrigin, hasSession)) return;
  throw new ProblemError(
    'cross-site-request',
    `With a session, what changes something is sent by pages of ${publicOrigin} alone, and says so (Origin).`,
  );
}
