import {
  adviceCodes,
  contactFields,
  mailboxOf,
  type AddressState,
  type Advice,
  type AdviceCode,
  type ContactField,
  type ContactInformation,
} from '@signalbox/contracts';
import { ruleOf } from './contact-policy.js';
import { isFreeMail, looksPersonal, personOf } from './personal-address.js';

/** What of an account the advice may depend on. */
export interface AdviceFacts {
  /** The account's portal users, who stand behind the alert contacts. */
  readonly users: readonly { readonly id: string; readonly email: string }[];
  /** What is known of addresses in use; what is not named gives no advice. */
  readonly addresses?: readonly KnownAddress[];
}

/** What follows from what is known of addresses; all other advice follows from the account alone. */
export const addressAdviceCodes = [
  'address-bouncing',
  'address-stale',
  'never-tested',
] as const satisfies readonly AdviceCode[];
export type AddressAdviceCode = (typeof addressAdviceCodes)[number];
export type AddressAdvice = Advice & { code: AddressAdviceCode };

export interface KnownAddress {
  readonly field: ContactField;
  readonly email: string;
  readonly state: AddressState;
  /** Whether a test mail, or any other, was ever accepted there. */
  readonly tested: boolean;
}

interface Filled {
  readonly field: ContactField;
  readonly emails: readonly string[];
}

/**
 * What would serve the account better, in the form's order. Nothing is refused for it.
 * @param information as it stands in the environment that is asked about.
 */
export function advise(information: ContactInformation, facts: AdviceFacts): Advice[] {
  const filled = contactFields
    .map((field) => ({ field, emails: addressesIn(field, information, facts) }))
    .filter(({ emails }) => emails.length > 0);
  const advice = [
    ...filled.flatMap(useAlias),
    ...onePersonOrSameAddress(filled.filter(({ field }) => ruleOf(field).audience === 'internal')),
    ...filled.flatMap(repeatedAddress),
    ...internalIsShared(filled, information),
    ...adviseOnAddresses(facts.addresses ?? []),
  ];
  const place = ({ field, code }: Advice) =>
    contactFields.indexOf(field) * adviceCodes.length + adviceCodes.indexOf(code);
  return advice.sort((one, other) => place(one) - place(other));
}

/** The addresses of a field, those of its users too. */
function addressesIn(field: ContactField, information: ContactInformation, facts: AdviceFacts): string[] {
  switch (field) {
    case 'alertContacts': {
      const ids = information.alertContacts?.userIds ?? [];
      return facts.users.filter(({ id }) => ids.includes(id)).map(({ email }) => email);
    }
    case 'operationalShared':
      return information.operationalShared ? [information.operationalShared.email] : [];
    case 'operationalSupport':
      return [];
    case 'technicalEmergency':
    case 'technicalNonEmergency':
    case 'merchantIssues':
    case 'operationalInternal':
      return (information[field]?.addresses ?? []).map(({ email }) => email);
  }
}

function useAlias({ field, emails }: Filled): Advice[] {
  switch (ruleOf(field).aliasAdvised) {
    case 'page':
      return forAll(field, 'use-page-alias', emails.filter(looksPersonal), (who) => {
        return `${who}: this looks like one person's address. A page alias reaches whoever is on call.`;
      });
    case 'support': {
      const found = emails.filter((email) => looksPersonal(email) || isFreeMail(email));
      return forAll(field, 'use-support-alias', found, (who) => {
        return `${who}: this does not look like the brand's support alias, and it is shared with users.`;
      });
    }
    case undefined:
      return [];
  }
}

/** With one person behind everything, that one address stands in two fields is no news any more. */
function onePersonOrSameAddress(internal: readonly Filled[]): Advice[] {
  const people = new Set(internal.flatMap(({ emails }) => emails.map(personOf)));
  const [first] = internal;
  if (first !== undefined && internal.length > 1 && people.size === 1) {
    const detail = 'One person stands behind every field; when that person is away, nobody is told.';
    return [{ field: first.field, code: 'one-person-everywhere', detail }];
  }
  return internal.flatMap(({ field, emails }, index) =>
    internal.slice(0, index).flatMap((earlier) => {
      const found = emails.filter((email) => has(earlier.emails, email));
      return forAll(field, 'same-address-twice', found, (who) => {
        return `${who} is in ${earlier.field} too: when one is not reached, the other is not either.`;
      });
    }),
  );
}

function repeatedAddress({ field, emails }: Filled): Advice[] {
  const found = emails.filter((email, place) => has(emails.slice(0, place), email));
  return forAll(
    field,
    'repeated-address',
    found,
    (who) => `${who} stands here more than once; it gets one mail.`,
  );
}

function internalIsShared(filled: readonly Filled[], { operationalShared }: ContactInformation): Advice[] {
  if (operationalShared === undefined) return [];
  return filled
    .filter(({ field, emails }) => {
      return ruleOf(field).audience === 'internal' && has(emails, operationalShared.email);
    })
    .map(({ field }) => ({
      field,
      code: 'internal-address-is-shared',
      detail: `${operationalShared.email} is shared with users: what is meant for ${field} arrives among their mail.`,
    }));
}

/** What follows from what is known of addresses. */
export function adviseOnAddresses(addresses: readonly KnownAddress[]): AddressAdvice[] {
  const inState = (
    code: AddressAdviceCode,
    isMeant: (address: KnownAddress) => boolean,
    words: string,
  ): AddressAdvice[] =>
    contactFields.flatMap((field) => {
      const found = addresses.filter((address) => address.field === field && isMeant(address));
      return forAll(
        field,
        code,
        found.map(({ email }) => email),
        (who) => `${who}: ${words}`,
      );
    });
  return [
    ...inState('address-bouncing', ({ state }) => state === 'bouncing', 'mail comes back from there.'),
    ...inState('address-stale', ({ state }) => state === 'stale', 'nobody has confirmed it for a long time.'),
    ...inState('never-tested', ({ tested }) => !tested, 'no mail was ever sent there; send a test mail.'),
  ];
}

/** One advice for all addresses of a field that it is about; none when there are none. */
function forAll<C extends AdviceCode>(
  field: ContactField,
  code: C,
  emails: readonly string[],
  detailOf: (who: string) => string,
): (Advice & { code: C })[] {
  const once = [...new Map(emails.map((email) => [mailboxOf(email), email])).values()];
  return once.length === 0 ? [] : [{ field, code, detail: detailOf(once.join(', ')) }];
}

const has = (emails: readonly string[], wanted: string): boolean =>
  emails.some((email) => mailboxOf(email) === mailboxOf(wanted));
