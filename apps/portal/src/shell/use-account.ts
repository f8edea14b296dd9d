import type { Environment, SessionAccount } from '@signalbox/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.js';

export interface AccountInUse {
  readonly account: SessionAccount;
  readonly environment: Environment;
  /** All accounts that this person belongs to. */
  readonly accounts: readonly SessionAccount[];
}

/** The account and environment that the address names; without a name, the first account and production. */
export function useAccount(): AccountInUse {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { account: wanted, environment = 'production' } = useSearch({ from: '__root__' });
  const accounts = session.kind === 'portal-user' ? session.accounts : [];
  const account = accounts.find((one) => one.account === wanted) ?? accounts[0];
  if (account === undefined) throw new Error('this page is for portal users');
  return { account, environment, accounts };
}
