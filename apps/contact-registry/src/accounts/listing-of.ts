import {
  environments,
  type AddressState,
  type ContactField,
  type ContactInformation,
  type Environment,
  type IntegrationType,
  type PortalUser,
} from '@signalbox/contracts';
import { missingFields } from '@signalbox/domain';
import { mailboxesIn } from './mailboxes-in.js';
import { wordStarts } from './search-words.js';

/** What the operators' lists ask for, beside the account in its document, because an index finds only what is stored. */
export interface AccountListing {
  /** The rules it was made by; what was made by older ones is made anew. */
  readonly rules: number;
  readonly ready: Readonly<Record<Environment, boolean>>;
  readonly missing: Readonly<Record<Environment, readonly ContactField[]>>;
  readonly wordStarts: readonly string[];
  /** Every mailbox that it names, so that who is to be forgotten is found. */
  readonly mailboxes: readonly string[];
  /** The states that its addresses are in, each once. Said from outside: they change without the account. */
  readonly addressStates: readonly AddressState[];
}

/** The part that follows from the account alone. */
export type OwnListing = Omit<AccountListing, 'addressStates'>;

/**
 * Counts the changes of what `listingOf` answers for one and the same account: of the contact policy, of how words are
 * taken. A spec fails when it answers something else and this was not raised.
 */
export const listingRules = 2;

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
    wordStarts: wordStarts(`${_id} ${name}`),
    mailboxes: mailboxesIn([name, owner, users, information]),
  };
}

const perEnvironment = <T>(of: (environment: Environment) => T): Record<Environment, T> =>
  Object.fromEntries(environments.map((environment) => [environment, of(environment)])) as Record<
    Environment,
    T
  >;
