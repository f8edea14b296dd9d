import type { SessionView } from '@signalbox/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.js';
import { basePath } from '../served-page.js';

/** Leads somebody in who has just signed in. What anybody read here before is forgotten. */
export function useEnter(): (session: SessionView, path: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session, path) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    router.history.replace(`${basePath}${path}`);
  };
}
