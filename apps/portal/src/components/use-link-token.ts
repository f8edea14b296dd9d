import { useRouteContext } from '@tanstack/react-router';

/** The secret of the link that opened the portal, if one did. */
export const useLinkToken = (): string | undefined => useRouteContext({ from: '__root__' }).linkToken;
