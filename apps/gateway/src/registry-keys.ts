import { internalPaths, KeyVerdict } from '@signalbox/contracts';
import type { SigningKeys } from '@signalbox/runtime';
import type { KeyRegistry } from './api-keys.js';
import { askRegistry } from './ask-registry.js';

/** Asks the registry about keys over HTTP. */
export function registryKeys(registryUrl: string, signingKeys: SigningKeys): KeyRegistry {
  const url = new URL(internalPaths.verifyKey, registryUrl);
  return { verify: (sha256) => askRegistry(signingKeys, url, { sha256 }, KeyVerdict) };
}
