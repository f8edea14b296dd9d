import type { Environment, EventKind } from '@signalbox/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

/** Who would be told now of an event of this kind: the answer of the same decision that real events get. */
export const previewQuery = (account: string, environment: Environment, kind: EventKind) =>
  queryOptions({
    queryKey: ['preview', account, environment, kind],
    queryFn: async () =>
      (await call('POST /v1/preview', { body: { kind, account, environment, title: 'Preview' } })).body,
  });
