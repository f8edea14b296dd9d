/** Splits the secret off the address of a link that came by mail. */
export function splitToken(url: URL): { readonly token: string | undefined; readonly rest: string } {
  const rest = new URL(url);
  rest.searchParams.delete('token');
  return {
    token: url.searchParams.get('token') ?? undefined,
    rest: `${rest.pathname}${rest.search}${rest.hash}`,
  };
}

let held: string | undefined;

/**
 * Holds the secret of the link that opened the portal, if one did. It is taken out of the address before anything else
 * happens, so that it stands in no history, on nobody's screenshot and in no request.
 */
export function takeLinkToken(): void {
  const { token, rest } = splitToken(new URL(location.href));
  held = token;
  if (token !== undefined) history.replaceState(null, '', rest);
}

export const heldLinkToken = (): string | undefined => held;

/** A link that was used, or will never hold, is none to whoever comes to a page of links next. */
export const forgetLinkToken = (): void => void (held = undefined);
