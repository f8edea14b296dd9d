import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

/** Whether somebody is signed in here already; not the pages' own answer, which may be of a session that has just ended. */
export const signedInQuery = queryOptions({
  queryKey: ['signed-in'],
  queryFn: async () => (await call('GET /v1/session', {})).body,
  gcTime: 0,
});

/** Has a link mailed; the answer is the same for every address. */
export const askForLink = (email: string) => call('POST /v1/sign-in', { body: { email } });

/** Uses the link up; the answer sets the session cookie. */
export const signInWith = async (token: string) =>
  (await call('POST /v1/sign-in/confirm', { body: { token } })).body;
