import { notLookedAt, type AddressListing } from './address-listing.js';
import { listingOf, listingRules, type ListedAccount } from './listing-of.js';
import { literally } from './literally.js';

type Fields = Record<string, unknown>;

/** Which accounts have no listing yet, or one that was made by older rules: the lists do not find them rightly. */
export const isUnlisted = {
  $or: [{ 'listing.rules': null }, { 'listing.rules': { $lt: listingRules } }],
};

/**
 * The listing as the fields of a `$set` in a pipeline, for the write that makes the account so. What others say of the
 * addresses stays as it is until they have looked again, which is due by the same write.
 */
export function listingFields(account: ListedAccount): Fields {
  const { addressStates, addressAdvice, addressesDueAt } = notLookedAt;
  return {
    ...listed({ ...listingOf(account), addressesDueAt }),
    'listing.addressStates': { $ifNull: ['$listing.addressStates', { $literal: addressStates }] },
    'listing.addressAdvice': { $ifNull: ['$listing.addressAdvice', { $literal: addressAdvice }] },
  };
}

/** What is said of the addresses, as the fields of a `$set` in a pipeline. */
export const addressListingFields = (listing: AddressListing): Fields => listed(listing);

const listed = (values: object): Fields => literally(values, 'listing.');
