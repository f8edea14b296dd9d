import { mailboxOf, type AddressField } from '@signalbox/contracts';
import type { AccountDocument } from '../accounts/account-document.js';

/** One address of an account where it stands, and the language of whoever reads there. */
export interface AddressInUse {
  readonly field: AddressField;
  readonly email: string;
  readonly label?: string | undefined;
  readonly language: string;
}

const listFields = [
  'technicalEmergency',
  'technicalNonEmergency',
  'merchantIssues',
  'operationalInternal',
] as const;

/** Every address that stands in an account's contact information, alert contacts by their users; in the form's order. */
export function addressesOf({
  information,
  users,
  locale,
}: Pick<AccountDocument, 'information' | 'users' | 'locale'>): AddressInUse[] {
  const alertUsers = new Set(information.alertContacts?.userIds);
  const shared = information.operationalShared;
  return [
    ...users
      .filter(({ id }) => alertUsers.has(id))
      .map(({ email, name, language }) => ({
        field: 'alertContacts' as const,
        email,
        label: name,
        language,
      })),
    ...listFields.flatMap((field) =>
      (information[field]?.addresses ?? []).map(({ email, label }) => ({
        field,
        email,
        label,
        language: locale,
      })),
    ),
    ...(shared
      ? [{ field: 'operationalShared' as const, email: shared.email, label: shared.label, language: locale }]
      : []),
  ];
}

/** Each mailbox once, however often and in whatever spelling it is written. */
export const oncePerMailbox = (addresses: readonly AddressInUse[]): AddressInUse[] => [
  ...new Map(addresses.map((each) => [mailboxOf(each.email), each])).values(),
];
