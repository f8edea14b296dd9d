/**
 * The pages of the portal, each with its path under PUBLIC_URL; `$id` stands for one segment. The links of mails lead to
 * them, the portal's router has a route for each, and the gateway answers with the portal there and nowhere else.
 */
export const portalPages = {
  overview: '/',
  events: '/events',
  event: '/events/$id',
  contactInformation: '/contact-information',
  contactHistory: '/contact-information/history',
  users: '/users',
  signIn: '/sign-in',
  invitation: '/invitation',
  confirmAddress: '/confirm-address',
  acknowledge: '/acknowledge',
} as const satisfies Record<string, `/${string}`>;
export type PortalPage = keyof typeof portalPages;
export type PortalPath = (typeof portalPages)[PortalPage];

const patterns = Object.values(portalPages).map((path) => new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`));

/** The link of a mail to a page; the page takes the token out of the address before anything else. */
export const linkTo = (path: PortalPath, token: string, publicUrl: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${path}?token=${encodeURIComponent(token)}`;

/** @param path as it came, percent codes and all. */
export const isPortalPage = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
