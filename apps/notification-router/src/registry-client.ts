import { AccountSnapshot, internalPaths } from '@signalbox/contracts';
import { mintPrincipalToken, type SigningKeys } from '@signalbox/runtime';
import { z } from 'zod';
import type { HeldAccount } from './apply-contacts.js';

const Snapshots = z.object({ snapshots: z.array(AccountSnapshot) });
const Raised = z.object({ raised: z.array(z.string()) });
const limitMs = 2_000;
/** Each may be a write there, and all of a call's have to fit into the limit. */
const mostHeldACall = 200;

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
    /**
     * Has the registry publish above what is held wherever it is behind that.
     * @returns the accounts where it was.
     */
    async raiseAbove(held: readonly HeldAccount[]): Promise<readonly string[]> {
      const raised: string[] = [];
      for (let at = 0; at < held.length; at += mostHeldACall) {
        const accounts = held.slice(at, at + mostHeldACall);
        const response = await post(internalPaths.markDirty, { accounts });
        raised.push(...Raised.parse(await response.json()).raised);
      }
      return raised;
    },
  };
}
