import type { AddressState } from '@signalbox/contracts';
import { listingOf, type ListedAccount } from './listing-of.js';

/**
 * The listing as the fields of a `$set` in a pipeline, for the write that makes the account so. What others say of the
 * addresses stays as it is.
 */
export function listingFields(account: ListedAccount): Record<string, unknown> {
  const own = Object.entries(listingOf(account)).map(([field, value]) => [
    `listing.${field}`,
    { $literal: value },
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, { $literal: unknown }>),
    'listing.addressStates': { $ifNull: ['$listing.addressStates', { $literal: [] }] },
  };
}

/** What is said of the addresses, as the fields of a `$set` in a pipeline. */
export const addressStateFields = (states: readonly AddressState[]): Record<string, unknown> => ({
  'listing.addressStates': { $literal: [...new Set(states)].sort() },
});
