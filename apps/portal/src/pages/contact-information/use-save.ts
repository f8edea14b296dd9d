import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../../api/session.js';
import { addressesQuery } from './history/queries.js';
import { contactInformationQuery, readinessQuery, saveContactInformation } from './queries.js';

/** Saves, and has everything read again that depends on it: what is missing decides about the gate. */
export function useSave() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveContactInformation,
    onSuccess: async (saved, { account, environment }) => {
      client.removeQueries({ queryKey: contactInformationQuery(account, environment).queryKey.slice(0, 2) });
      client.setQueryData(contactInformationQuery(account, environment).queryKey, saved);
      await Promise.all([
        client.invalidateQueries(readinessQuery(account, environment)),
        client.invalidateQueries(sessionQuery),
        client.invalidateQueries(addressesQuery(account)),
      ]);
    },
  });
}
