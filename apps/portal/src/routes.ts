/** Who a page is for. What is not public asks for a session first. */
export type PageFor = 'everybody' | 'portal-user' | 'staff';

export interface Page {
  readonly path: `/${string}`;
  readonly for: PageFor;
  /** Where the navigation shows it; a page without is reached from another one or from a mail. */
  readonly navigation?: 'top' | 'configuration';
}

/**
 * Every page of the portal with its address below PUBLIC_URL. The router, the navigation and the checks that open each page
 * are made of it; a page's name is also that of its texts.
 */
export const pages = {
  overview: { path: '/', for: 'portal-user', navigation: 'top' },
  contactInformation: { path: '/contact-information', for: 'portal-user', navigation: 'configuration' },
  users: { path: '/users', for: 'portal-user', navigation: 'configuration' },
  signIn: { path: '/sign-in', for: 'everybody' },
  invitation: { path: '/invitation', for: 'everybody' },
  confirmAddress: { path: '/confirm-address', for: 'everybody' },
} as const satisfies Record<string, Page>;
export type PageName = keyof typeof pages;
