import type { Environment, EventListQuery } from '@signalbox/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

const isUnderway = ({ state }: { readonly state: string }): boolean => state === 'delivering';
/** How soon what is on its way is asked about again, in milliseconds. */
const againMs = 5_000;

export type EventFilters = Pick<EventListQuery, 'kind' | 'state' | 'from' | 'to'>;

/** The events of an account in an environment, the newest first, a page at a time. */
export const eventsQuery = (account: string, environment: Environment, filters: EventFilters) =>
  infiniteQueryOptions({
    queryKey: ['events', account, environment, filters],
    queryFn: async ({ pageParam: cursor }) =>
      (await call('GET /v1/events', { query: { account, environment, ...filters, cursor } })).body,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // Only while one page is shown: whoever reads on further back is not to be disturbed.
    refetchInterval: ({ state: { data } }) =>
      data?.pages.length === 1 && data.pages[0]?.items.some(isUnderway) === true && againMs,
  });

/** The newest events alone. */
export const lastEventsQuery = (account: string, environment: Environment, limit: number) =>
  queryOptions({
    queryKey: ['events', account, environment, 'last', limit],
    queryFn: async () =>
      (await call('GET /v1/events', { query: { account, environment, limit } })).body.items,
    refetchInterval: ({ state: { data } }) => data?.some(isUnderway) === true && againMs,
  });

/** One event, how it was decided, and every delivery. */
export const eventQuery = (id: string, environment: Environment, source: string | undefined) =>
  queryOptions({
    queryKey: ['event', id, environment, source],
    queryFn: async () =>
      (await call('GET /v1/events/:id', { params: { id }, query: { environment, source } })).body,
    refetchInterval: ({ state: { data } }) => data !== undefined && isUnderway(data) && againMs,
  });
