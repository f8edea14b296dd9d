import './without-eval.js';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/global.css';
import './portal.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/create-query-client.js';
import { isShown } from './api/problem-error.js';
import { Loading } from './components/loading.js';
import { OfflineBanner } from './components/offline-banner.js';
import { startI18n } from './i18n/start-i18n.js';
import { takeLinkToken } from './link-token.js';
import { createPortalRouter } from './router.js';
import { pages } from './routes.js';
import { nonce } from './served-page.js';
import { cssVariables, theme } from './theme.js';

// The build takes the styles of those components that a page shows; vite.config.mjs says how.
if (import.meta.env.DEV) await import('@mantine/core/styles.css');

takeLinkToken();
const client = createQueryClient(() => void signInFirst());
const router = createPortalRouter({ client });

/** The session has ended under an open page. */
async function signInFirst(): Promise<void> {
  const { pathname, href } = router.latestLocation;
  if (pathname !== pages.signIn.path)
    await router.navigate({ to: pages.signIn.path, search: { next: href } });
}

// Mantine's way of locking the page's scroll behind a dialog asks here for the nonce of its style element.
setNonce(nonce);
await startI18n();

const place = document.getElementById('portal');
if (place === null) throw new Error('index.html has no place for the portal');
const onCaughtError = (error: unknown): void => {
  if (!isShown(error)) reportError(error);
};
createRoot(place, { onCaughtError }).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <Suspense fallback={<Loading />}>
          <OfflineBanner />
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
