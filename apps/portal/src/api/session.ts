import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';

/** Who is signed in, and what is missing in their accounts. Asked again whenever somebody comes back to the page. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await call('GET /v1/session', {})).body,
  staleTime: 30_000,
});

/** Where to find support and a guide. */
export const helpQuery = queryOptions({
  queryKey: ['help'],
  queryFn: async () => (await call('GET /v1/help', {})).body,
  staleTime: Infinity,
});
