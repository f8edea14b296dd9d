import { AccountSnapshot, internalPaths } from '@signalbox/contracts';
import { mintPrincipalToken, type SigningKeys } from '@signalbox/runtime';
import { z } from 'zod';

const Snapshots = z.object({ snapshots: z.array(AccountSnapshot) });
const limitMs = 2_000;

/** The registry's internal calls. Every failure throws; whoever asked decides what that means. */
export function createRegistryClient(url: string, keys: SigningKeys) {
  async function post(path: string, body: unknown): Promise<Response> {
    const token = await mintPrincipalToken(keys, { kind: 'service', name: 'notification-router' });
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(limitMs),
    });
    if (!response.ok) throw new Error(`the registry answered ${response.status} to ${path}`);
    return response;
  }

  return {
    /** The newest snapshots of these accounts; those that do not exist are left out. */
    async snapshots(accounts: readonly string[]): Promise<readonly AccountSnapshot[]> {
      const response = await post(internalPaths.snapshots, { accounts });
      return Snapshots.parse(await response.json()).snapshots;
    },
    async markDirty(accounts: readonly string[]): Promise<void> {
      await post(internalPaths.markDirty, { accounts });
    },
  };
}
