import { AccountId, Environment } from '@signalbox/contracts';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
  type RouteComponent,
} from '@tanstack/react-router';
import { lazy } from 'react';
import { z } from 'zod';
import { hasCode } from './api/problem-error.js';
import { sessionQuery } from './api/session.js';
import { Loading } from './components/loading.js';
import { EventSearch, EventsSearch } from './pages/events/events-search.js';
import { pages } from './routes.js';
import { basePath } from './served-page.js';
import { NotFound } from './shell/not-found.js';
import { PageProblem } from './shell/page-problem.js';
import { SignedIn } from './shell/signed-in.js';

interface RouterContext {
  readonly client: QueryClient;
}

/** In the address of every page: the account and the environment. What is none is as if it were not there. */
const EverywhereSearch = z.object({
  account: AccountId.optional().catch(undefined),
  environment: Environment.optional().catch(undefined),
});
const SignInSearch = z.object({ next: z.string().optional().catch(undefined) });

const root = createRootRouteWithContext<RouterContext>()({
  validateSearch: EverywhereSearch,
  search: { middlewares: [retainSearchParams(['account', 'environment'])] },
  component: Outlet,
});

/** Around every page that asks for a session; who has none signs in first and then comes back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ context: { client }, location }) => {
    try {
      await client.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!hasCode(error, 'unauthenticated')) throw error;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way, and it is no error
      throw redirect({ to: pages.signIn.path, search: { next: location.href } });
    }
  },
});

/** A page that is fetched when it is shown; the router's own way would fetch it while the gate stands before it. */
const behindTheGate = <Name extends string>(
  load: () => Promise<Record<Name, RouteComponent>>,
  name: Name,
): RouteComponent => lazy(async () => ({ default: (await load())[name] }));

const signIn = createRoute({
  getParentRoute: () => root,
  path: pages.signIn.path,
  validateSearch: SignInSearch,
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.js'), 'SignInPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: pages.invitation.path,
  component: lazyRouteComponent(() => import('./pages/invitation/invitation-page.js'), 'InvitationPage'),
});
const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: pages.confirmAddress.path,
  component: lazyRouteComponent(
    () => import('./pages/confirm-address/confirm-address-page.js'),
    'ConfirmAddressPage',
  ),
});
const acknowledge = createRoute({
  getParentRoute: () => root,
  path: pages.acknowledge.path,
  component: lazyRouteComponent(() => import('./pages/acknowledge/acknowledge-page.js'), 'AcknowledgePage'),
});
const overview = createRoute({
  getParentRoute: () => signedIn,
  path: pages.overview.path,
  component: behindTheGate(() => import('./pages/overview/overview-page.js'), 'OverviewPage'),
});
const events = createRoute({
  getParentRoute: () => signedIn,
  path: pages.events.path,
  validateSearch: EventsSearch,
  component: behindTheGate(() => import('./pages/events/events-page.js'), 'EventsPage'),
});
const event = createRoute({
  getParentRoute: () => signedIn,
  path: pages.event.path,
  validateSearch: EventSearch,
  component: behindTheGate(() => import('./pages/events/event-page.js'), 'EventPage'),
});
const contactInformation = createRoute({
  getParentRoute: () => signedIn,
  path: pages.contactInformation.path,
  component: behindTheGate(
    () => import('./pages/contact-information/contact-information-page.js'),
    'ContactInformationPage',
  ),
});
const contactHistory = createRoute({
  getParentRoute: () => signedIn,
  path: pages.contactHistory.path,
  component: behindTheGate(
    () => import('./pages/contact-information/history/history-page.js'),
    'HistoryPage',
  ),
});
const users = createRoute({
  getParentRoute: () => signedIn,
  path: pages.users.path,
  component: behindTheGate(() => import('./pages/users/users-page.js'), 'UsersPage'),
});

const routeTree = root.addChildren([
  signIn,
  invitation,
  confirmAddress,
  acknowledge,
  signedIn.addChildren([overview, events, event, contactInformation, contactHistory, users]),
]);

/** The pages of the table at their addresses, below the path of PUBLIC_URL. */
export const createPortalRouter = (context: RouterContext) =>
  createRouter({
    routeTree,
    context,
    basepath: basePath,
    // As the gateway, which knows no other spelling of a page.
    caseSensitive: true,
    notFoundMode: 'root',
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageProblem,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
