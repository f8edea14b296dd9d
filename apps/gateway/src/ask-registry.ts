import type { Principal } from '@signalbox/contracts';
import { mintPrincipalToken, type SigningKeys } from '@signalbox/runtime';
import type { z } from 'zod';

/** A caller waits this long for what the registry has to say of them, in milliseconds. */
const limitMs = 2_000;

const gateway: Principal = { kind: 'service', name: 'gateway' };

/** Asks the registry who somebody is. @throws whenever it gives any answer but one of the schema: it counts as none. */
export async function askRegistry<S extends z.ZodType>(
  signingKeys: SigningKeys,
  url: URL,
  question: Readonly<Record<string, string>>,
  schema: S,
): Promise<z.output<S>> {
  const token = await mintPrincipalToken(signingKeys, gateway);
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(limitMs),
    redirect: 'error',
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`The registry answered ${response.status} at ${url.pathname}.`);
  }
  return schema.parse(await response.json());
}
