import { internalPaths, KeyVerdict, type Principal } from '@signalbox/contracts';
import { mintPrincipalToken, type SigningKeys } from '@signalbox/runtime';
import type { KeyRegistry } from './api-keys.js';

/** A caller waits this long for a key that was never seen before, in milliseconds. */
const limitMs = 2_000;

const gateway: Principal = { kind: 'service', name: 'gateway' };

/** Asks the registry over HTTP; any answer but a verdict counts as none. */
export function registryKeys(registryUrl: string, signingKeys: SigningKeys): KeyRegistry {
  const url = new URL(internalPaths.verifyKey, registryUrl);
  return {
    verify: async (sha256) => {
      const token = await mintPrincipalToken(signingKeys, gateway);
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ sha256 }),
        signal: AbortSignal.timeout(limitMs),
        redirect: 'error',
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`The registry answered ${response.status} when asked about a key.`);
      }
      return KeyVerdict.parse(await response.json());
    },
  };
}
