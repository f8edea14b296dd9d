import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { sessionQuery } from '../api/session.js';
import { Loading } from '../components/loading.js';

// Each person meets one of these, and loads that one.
const Shell = lazy(async () => ({ default: (await import('./shell.js')).Shell }));
const ForStaff = lazy(async () => ({ default: (await import('./for-staff.js')).ForStaff }));

/** What somebody meets who is signed in. */
export function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <Suspense fallback={<Loading />}>
      {session.kind === 'portal-user' ? <Shell /> : <ForStaff session={session} />}
    </Suspense>
  );
}
