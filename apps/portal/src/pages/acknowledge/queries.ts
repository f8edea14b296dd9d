import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

/** What the link is about; asking changes nothing. */
export const acknowledgementQuery = (token: string) =>
  queryOptions({
    queryKey: ['acknowledgement', token],
    queryFn: async () => (await call('POST /v1/acknowledgements/page', { body: { token } })).body,
  });

/** Says "I am on it". */
export const acknowledge = async (asked: { readonly token: string; readonly name?: string }) =>
  (await call('POST /v1/acknowledgements', { body: asked })).body;
