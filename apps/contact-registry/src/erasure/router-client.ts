import { DispatchErased, internalPaths, type DispatchErasure } from '@signalbox/contracts';
import { mintPrincipalToken, type SigningKeys } from '@signalbox/runtime';
import type { DispatchEraser } from './steps-of-erasure.js';

/** A page of a thousand dispatches is read and masked within it many times over. */
const limitMs = 30_000;

/** The router's internal calls. Every failure throws, without a word of what was sent. */
export function createRouterClient(url: string, keys: SigningKeys): DispatchEraser {
  return {
    async erase(asked: DispatchErasure): Promise<DispatchErased> {
      const token = await mintPrincipalToken(keys, { kind: 'service', name: 'contact-registry' });
      const response = await fetch(new URL(internalPaths.eraseAddress, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        signal: AbortSignal.timeout(limitMs),
      });
      if (!response.ok) {
        throw new Error(`the router answered ${response.status} to ${internalPaths.eraseAddress}`);
      }
      return DispatchErased.parse(await response.json());
    },
  };
}
