import { portalPages, type PortalPage, type PortalPath } from '@signalbox/contracts';

/** Who a page is for. What is not public asks for a session first. */
export type PageFor = 'everybody' | 'portal-user' | 'staff';

export interface Page {
  readonly path: PortalPath;
  readonly for: PageFor;
  /** Where the navigation shows it; a page without is reached from another one or from a mail. */
  readonly navigation?: 'top' | 'configuration';
}

/**
 * Every page of the portal; at its address the gateway answers with the portal. The router, the navigation and the checks that
 * open each page are made of it; a page's name is also that of its texts.
 */
export const pages = {
  overview: { path: portalPages.overview, for: 'portal-user', navigation: 'top' },
  events: { path: portalPages.events, for: 'portal-user', navigation: 'top' },
  event: { path: portalPages.event, for: 'portal-user' },
  contactInformation: {
    path: portalPages.contactInformation,
    for: 'portal-user',
    navigation: 'configuration',
  },
  contactHistory: { path: portalPages.contactHistory, for: 'portal-user' },
  users: { path: portalPages.users, for: 'portal-user', navigation: 'configuration' },
  signIn: { path: portalPages.signIn, for: 'everybody' },
  invitation: { path: portalPages.invitation, for: 'everybody' },
  confirmAddress: { path: portalPages.confirmAddress, for: 'everybody' },
  acknowledge: { path: portalPages.acknowledge, for: 'everybody' },
} as const satisfies Record<PortalPage, Page>;
