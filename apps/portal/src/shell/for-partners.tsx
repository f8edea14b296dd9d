import { lazy, useEffect, useState } from 'react';
import { useAccountIfTheirs, type AccountInUse } from './use-account.js';

// Whoever meets the gate is to have it soon, without the frame of the pages behind it.
const Gate = lazy(async () => ({ default: (await import('../pages/gate/gate.js')).Gate }));
const GateOpened = lazy(async () => ({ default: (await import('../pages/gate/gate-opened.js')).GateOpened }));
const Shell = lazy(async () => ({ default: (await import('./shell.js')).Shell }));
const NoAccess = lazy(async () => ({ default: (await import('./no-access.js')).NoAccess }));

/** The pages of the account that the address names, for who belongs to it. */
export function ForPartners({ email }: { readonly email: string }) {
  const inUse = useAccountIfTheirs();
  return inUse === undefined ? <NoAccess email={email} /> : <GateOrPages inUse={inUse} />;
}

/** The gate while something required is missing in the environment in use, else the pages. */
function GateOrPages({ inUse: { account, environment } }: { readonly inUse: AccountInUse }) {
  const { ready } = account.environments[environment];
  const place = `${account.account} ${environment}`;
  const [metGateAt, setMetGateAt] = useState<string>();
  useEffect(() => {
    if (!ready) setMetGateAt(place);
  }, [ready, place]);
  if (!ready) return <Gate />;
  return <Shell>{metGateAt === place && <GateOpened onClose={() => setMetGateAt(undefined)} />}</Shell>;
}
