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
import { addressesOf } from './addresses-of.js';

/** An address where it stands, as advice is made of it. */
export interface KnownAddressInUse extends KnownAddress {
  /** When its state changes by time alone; undefined: never. */
  readonly turnsAt: Date | undefined;
}

/** What is known of the addresses that an account has. @param facts by the mailbox's hash. */
export const knownAddresses = (
  account: Pick<AccountDocument, 'information' | 'users' | 'locale'>,
  facts: ReadonlyMap<string, AddressFacts>,
  hash: KeyedHash,
  now: Date,
): KnownAddressInUse[] =>
  addressesOf(account).map(({ field, email }) => {
    const known = facts.get(hash(addressHashParts(email)));
    return {
      field,
      email,
      state: addressState(known, now),
      tested: wasTested(known),
      turnsAt: addressTurnsAt(known, now),
    };
  });
