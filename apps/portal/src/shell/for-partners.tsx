import { lazy, useEffect, useState } from 'react';
import { useAccount } from './use-account.js';

// Whoever meets the gate is to have it soon, without the frame of the pages behind it.
const Gate = lazy(async () => ({ default: (await import('../pages/gate/gate.js')).Gate }));
const GateOpened = lazy(async () => ({ default: (await import('../pages/gate/gate-opened.js')).GateOpened }));
const Shell = lazy(async () => ({ default: (await import('./shell.js')).Shell }));

/** The gate while something required is missing in the environment in use, else the pages. */
export function ForPartners() {
  const { account, environment } = useAccount();
  const { ready } = account.environments[environment];
  const place = `${account.account} ${environment}`;
  const [metGateAt, setMetGateAt] = useState<string>();
  useEffect(() => {
    if (!ready) setMetGateAt(place);
  }, [ready, place]);
  if (!ready) return <Gate />;
  return <Shell>{metGateAt === place && <GateOpened onClose={() => setMetGateAt(undefined)} />}</Shell>;
}
