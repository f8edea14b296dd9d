import { call } from '../../api/call.js';

/** Uses the link up; the answer sets the session cookie. */
export const acceptInvitation = async (token: string) =>
  (await call('POST /v1/invitations/accept', { body: { token } })).body;
