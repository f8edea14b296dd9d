import {
  addressHashParts,
  addressState,
  addressTurnsAt,
  wasTested,
  type AddressFacts,
  type KnownAddress,
} from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import { addressesOf, type AddressInUse } from './addresses-of.js';

/** An address where it stands, as advice is made of it. */
export interface KnownAddressInUse extends KnownAddress {
  /** When its state changes by time alone; undefined: never. */
  readonly turnsAt: Date | undefined;
}

type AccountInUse = Pick<AccountDocument, 'information' | 'users' | 'locale'>;

/** Each address of an account, with what is known of its mailbox. @param facts by the mailbox's hash. */
export const addressesWithFacts = <F>(
  account: AccountInUse,
  facts: ReadonlyMap<string, F>,
  hash: KeyedHash,
): (AddressInUse & { readonly facts: F | undefined })[] =>
  addressesOf(account).map((address) => ({
    ...address,
    facts: facts.get(hash(addressHashParts(address.email))),
  }));

/** The same as advice is made of it. */
export const knownAddresses = (
  account: AccountInUse,
  facts: ReadonlyMap<string, AddressFacts>,
  hash: KeyedHash,
  now: Date,
): KnownAddressInUse[] =>
  addressesWithFacts(account, facts, hash).map(({ field, email, facts: known }) => ({
    field,
    email,
    state: addressState(known, now),
    tested: wasTested(known),
    turnsAt: addressTurnsAt(known, now),
  }));
