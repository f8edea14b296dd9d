import type {
  AdviceCode,
  ContactField,
  ContactInformation,
  Environment,
  IntegrationType,
  PortalUser,
} from '@signalbox/contracts';
import { advise, missingFields } from '@signalbox/domain';
import { once, perEnvironment, type AddressListing } from './address-listing.js';
import { informationIn } from './information-in.js';
import { mailboxesIn } from './mailboxes-in.js';
import { wordStarts } from './search-words.js';

/** What the operators' lists ask for, beside the account in its document, because an index finds only what is stored. */
export interface AccountListing extends OwnListing, AddressListing {}

/** The part that follows from the account alone. */
export interface OwnListing {
  /** The rules it was made by; what was made by older ones is made anew. */
  readonly rules: number;
  readonly ready: Readonly<Record<Environment, boolean>>;
  readonly missing: Readonly<Record<Environment, readonly ContactField[]>>;
  /** The advice that follows from the account alone, each code once. */
  readonly advice: Readonly<Record<Environment, readonly AdviceCode[]>>;
  readonly wordStarts: readonly string[];
  /** Every mailbox that it names, so that who is to be forgotten is found. */
  readonly mailboxes: readonly string[];
}

/**
 * Counts the changes of what `listingOf` answers for one and the same account: of the contact policy, of what is
 * advised, of how words are taken. A spec fails when it answers something else and this was not raised.
 */
export const listingRules = 7;

export interface ListedAccount {
  readonly _id: string;
  readonly name: string;
  readonly integrationType: IntegrationType;
  readonly information: ContactInformation;
  readonly users: readonly PortalUser[];
  readonly owner: string | null;
}

/** What the lists show and find of an account. Pure: computed from the account as a change leaves it. */
export function listingOf({
  _id,
  name,
  integrationType,
  information,
  users,
  owner,
}: ListedAccount): OwnListing {
  const missingIn = (environment: Environment) =>
    missingFields(information, integrationType, environment).map(({ field }) => field);
  const missing = perEnvironment(missingIn);
  return {
    rules: listingRules,
    ready: perEnvironment((environment) => missing[environment].length === 0),
    missing,
    advice: perEnvironment((environment) =>
      once(advise(informationIn(environment, information), { users }).map(({ code }) => code)),
    ),
    wordStarts: wordStarts(`${_id} ${name}`),
    mailboxes: mailboxesIn({ name, owner, users, information }),
  };
}
