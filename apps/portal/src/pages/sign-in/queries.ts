import { call } from '../../api/call.js';

/** Has a link mailed; the answer is the same for every address. */
export const askForLink = (email: string) => call('POST /v1/sign-in', { body: { email } });

/** Uses the link up; the answer sets the session cookie. */
export const signInWith = async (token: string) =>
  (await call('POST /v1/sign-in/confirm', { body: { token } })).body;
