import type { ContactInformation, Environment } from '@signalbox/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';

const underAccount = (account: string) => ['contact-information', account] as const;

/** The contact information as an environment has it, with the revision that a save must name. */
export const contactInformationQuery = (account: string, environment: Environment) =>
  queryOptions({
    queryKey: [...underAccount(account), environment],
    queryFn: async () => {
      const { body, etag } = await call('GET /v1/accounts/:account/contact-information', {
        params: { account },
        query: { environment },
      });
      return { information: withoutVersion(body), etag };
    },
    // A form must not change under somebody's hands.
    staleTime: Infinity,
  });

/** What is missing and what would be better. */
export const readinessQuery = (account: string, environment: Environment) =>
  queryOptions({
    queryKey: ['readiness', account, environment],
    queryFn: async () =>
      (await call('GET /v1/accounts/:account/readiness', { params: { account }, query: { environment } }))
        .body,
  });

export interface Save {
  readonly account: string;
  readonly environment: Environment;
  readonly information: ContactInformation;
  readonly etag: string;
}

/** Replaces the information, if nobody else has saved since that revision was read. */
export async function saveContactInformation({ account, environment, information, etag }: Save) {
  const { body, etag: newEtag } = await call('PUT /v1/accounts/:account/contact-information', {
    params: { account },
    query: { environment },
    body: information,
    ifMatch: etag,
  });
  return { information: withoutVersion(body), etag: newEtag, inForce: body.inForce ?? false };
}

function withoutVersion<T extends ContactInformation & { version: number; inForce?: boolean | undefined }>({
  version: _version,
  inForce: _inForce,
  ...information
}: T): ContactInformation {
  return information;
}
