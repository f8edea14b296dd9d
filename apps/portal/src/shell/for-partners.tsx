import { lazy, useEffect } from 'react';
import { fallBackToLanguage } from '../i18n/start-i18n.js';
import { useAccount } from './use-account.js';

// Whoever meets the gate is to have it soon, without the frame of the pages behind it.
const Gate = lazy(async () => ({ default: (await import('../pages/gate/gate.js')).Gate }));
const Shell = lazy(async () => ({ default: (await import('./shell.js')).Shell }));

/** The gate while something required is missing in the environment in use, else the pages. */
export function ForPartners() {
  const { account, environment } = useAccount();
  useEffect(() => void fallBackToLanguage(account.language), [account.language]);
  return account.environments[environment].ready ? <Shell /> : <Gate />;
}
