import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { sessionQuery } from '../api/session.js';
import { Loading } from '../components/loading.js';
import { ForPartners } from './for-partners.js';

// Few people need this one.
const ForStaff = lazy(async () => ({ default: (await import('./for-staff.js')).ForStaff }));

/** What somebody meets who is signed in. */
export function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <Suspense fallback={<Loading />}>
      {session.kind === 'portal-user' ? (
        <ForPartners email={session.email} />
      ) : (
        <ForStaff session={session} />
      )}
    </Suspense>
  );
}
