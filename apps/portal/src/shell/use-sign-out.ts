import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/call.js';
import { forgetReturnPath } from '../return-path.js';

/** Ends the session, and forgets on this page everything that was read with it. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    void call('DELETE /v1/session', {}).finally(async () => {
      await navigate({ to: '/sign-in', search: {} });
      // But not what the page that is shown now asks.
      client.removeQueries({ type: 'inactive' });
      client.getMutationCache().clear();
      sessionStorage.clear();
      forgetReturnPath();
    });
  };
}
