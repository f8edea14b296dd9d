import type { SessionView } from '@signalbox/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.js';
import { takeReturnPath } from '../return-path.js';
import { basePath } from '../served-page.js';

/** Leads somebody in who is signed in, to where they wanted to go. What anybody read here before is forgotten. */
export function useEnter(): (session: SessionView) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    router.history.replace(`${basePath}${takeReturnPath(session)}`);
  };
}
