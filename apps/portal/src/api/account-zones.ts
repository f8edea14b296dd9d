import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';

/** The time zones that the account's support hours name: where its people are. */
export const accountZonesQuery = (account: string) =>
  queryOptions({
    queryKey: ['account-zones', account],
    queryFn: async () => {
      const { body } = await call('GET /v1/accounts/:account/contact-information', { params: { account } });
      const hours = body.operationalSupport?.hours ?? [];
      return [...new Set(hours.map(({ timeZone }) => timeZone))];
    },
    staleTime: 300_000,
  });
