import { isFinal, type AddressField } from '@signalbox/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/call.js';

const pageLength = 20;

/** The changes of an account, the newest first, a page at a time. */
export const historyQuery = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['history', account],
    queryFn: async ({ pageParam: cursor }) =>
      (
        await call('GET /v1/accounts/:account/contact-information/history', {
          params: { account },
          query: { limit: pageLength, cursor },
        })
      ).body,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** How soon a test mail that is on its way is asked about again, in milliseconds. */
const againMs = 2_000;

/** Every address where it stands, and what is known of it. */
export const addressesQuery = (account: string) =>
  queryOptions({
    queryKey: ['addresses', account],
    queryFn: async () =>
      (await call('GET /v1/accounts/:account/contact-information/addresses', { params: { account } })).body
        .items,
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ lastTest }) => lastTest !== null && !isFinal(lastTest.outcome)) === true && againMs,
  });

export const askForConfirmation = (account: string, email: string) =>
  call('POST /v1/accounts/:account/contact-information/addresses/confirmation', {
    params: { account },
    body: { email },
  });

export const sendTestMail = (account: string, field: AddressField) =>
  call('POST /v1/accounts/:account/contact-information/:field/test-mail', { params: { account, field } });
