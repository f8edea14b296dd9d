import { useQueryClient } from '@tanstack/react-query';
import { alertContactsQuery } from '../../api/account-contacts.js';
import { sessionQuery } from '../../api/session.js';
import { useAccount } from '../../shell/use-account.js';
import { invitationsQuery, usersQuery } from './queries.js';

/** Has everything read again that depends on who the users are: what somebody may do, and what is missing. */
export function useUsersChanged(): () => Promise<void> {
  const client = useQueryClient();
  const { account } = useAccount();
  return async () => {
    // A form that is open keeps what it was opened with, and is told when it is saved.
    client.removeQueries({ queryKey: ['contact-information', account.account], type: 'inactive' });
    await Promise.all(
      [
        usersQuery(account.account),
        invitationsQuery(account.account),
        alertContactsQuery(account.account),
        sessionQuery,
      ].map(({ queryKey }) => client.invalidateQueries({ queryKey })),
    );
  };
}
