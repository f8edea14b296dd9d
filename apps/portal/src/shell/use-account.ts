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
  const found = useAccountIfTheirs();
  if (found === undefined) throw new Error('this page is for the users of the account');
  return found;
}

/** Undefined when the address names an account that this person does not belong to. */
export function useAccountIfTheirs(): AccountInUse | undefined {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { account: wanted, environment = 'production' } = useSearch({ from: '__root__' });
  const accounts = session.kind === 'portal-user' ? session.accounts : [];
  const account = wanted === undefined ? accounts[0] : accounts.find((one) => one.account === wanted);
  return account && { account, environment, accounts };
}
