import type { Environment, UserRole } from '@signalbox/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

export const usersQuery = (account: string) =>
  queryOptions({
    queryKey: ['users', account],
    queryFn: async () => (await call('GET /v1/accounts/:account/users', { params: { account } })).body.items,
  });

export const invitationsQuery = (account: string) =>
  queryOptions({
    queryKey: ['invitations', account],
    queryFn: async () =>
      (await call('GET /v1/accounts/:account/invitations', { params: { account } })).body.items,
  });

export interface NewInvitation {
  readonly account: string;
  readonly environment: Environment;
  readonly email: string;
  readonly role: UserRole;
}

/** @param invitation its environment is the one whose gate decides whether members may invite. */
export const invite = ({ account, environment, email, role }: NewInvitation) =>
  call('POST /v1/accounts/:account/invitations', {
    params: { account },
    query: { environment },
    body: { email, role },
  });
