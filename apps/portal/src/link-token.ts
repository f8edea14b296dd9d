/** Splits the secret off the address of a link that came by mail. */
export function splitToken(url: URL): { readonly token: string | undefined; readonly rest: string } {
  const rest = new URL(url);
  rest.searchParams.delete('token');
  return {
    token: url.searchParams.get('token') ?? undefined,
    rest: `${rest.pathname}${rest.search}${rest.hash}`,
  };
}

/**
 * The secret of the link that opened the portal, if one did. It is taken out of the address before anything else happens,
 * so that it stands in no history, on nobody's screenshot and in no request.
 */
export function takeLinkToken(): string | undefined {
  const { token, rest } = splitToken(new URL(location.href));
  if (token !== undefined) history.replaceState(null, '', rest);
  return token;
}
