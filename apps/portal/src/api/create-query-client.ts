import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hasCode, isWorthRetrying } from './problem-error.js';
import { sessionQuery } from './session.js';

const mostRetries = 2;

/**
 * The cache of all answers. Two answers mean the same wherever they come, so they are heeded here and nowhere else: nobody is
 * signed in any more, and the gate has closed.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const heed = (error: unknown): void => {
    if (hasCode(error, 'unauthenticated')) onSignedOut();
    if (hasCode(error, 'contact-information-required')) void client.invalidateQueries(sessionQuery);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: heed }),
    mutationCache: new MutationCache({ onError: heed }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < mostRetries && isWorthRetrying(error),
        // Else nothing would be said without a network, and what somebody saves would go out at some later time by itself.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
