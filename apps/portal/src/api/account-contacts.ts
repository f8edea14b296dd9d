import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';

/** The contact information of production, for pages that show something of it; the form asks for its own. */
const contactsOf = (account: string) => ({
  queryKey: ['account-contacts', account],
  queryFn: async () =>
    (await call('GET /v1/accounts/:account/contact-information', { params: { account } })).body,
});

/** Who of the users is told of problems in production; that is the same whatever environment is worked in. */
export const alertContactsQuery = (account: string) =>
  queryOptions({
    ...contactsOf(account),
    select: ({ alertContacts }) => alertContacts?.userIds ?? [],
  });

/** The time zones that the account's support hours name: where its people are. */
export const accountZonesQuery = (account: string) =>
  queryOptions({
    ...contactsOf(account),
    select: ({ operationalSupport }) => [
      ...new Set(operationalSupport?.hours.map(({ timeZone }) => timeZone)),
    ],
    staleTime: 300_000,
  });
