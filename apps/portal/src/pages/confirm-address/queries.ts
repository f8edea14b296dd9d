import { call } from '../../api/call.js';

/** Uses the link up: the address is confirmed. */
export const confirmAddress = async (token: string) =>
  (await call('POST /v1/addresses/confirm', { body: { token } })).body;
