import {
  contactFields,
  type ContactField,
  type ContactInformation,
  type Environment,
  type InputError,
  type InputErrorCode,
  type IntegrationType,
} from '@signalbox/contracts';
import { existsIn, offersField } from './contact-policy.js';
import { missingFields } from './missing-fields.js';

/** What may forbid a save beside the shape of the information, and when. */
export const contactErrors = {
  'alert-contacts-production-only': 'Alert contacts are named in sandbox.',
  'field-not-offered': "A field has a value that the account's integration type does not offer.",
  'unknown-user': 'An alert contact is no portal user of the account.',
  'brand-alias-not-confirmed': "Nobody confirmed that the shared address is the brand's own support alias.",
  'required-after-launch': 'A required field of a launched account would be left empty.',
} as const satisfies Partial<Record<InputErrorCode, string>>;

type ContactError = InputError & { readonly code: keyof typeof contactErrors };

/** What of an account the check may depend on. */
export interface ContactAccountFacts {
  readonly integrationType: IntegrationType;
  readonly launched: boolean;
  /** The ids of the account's portal users. */
  readonly userIds: readonly string[];
}

/**
 * Everything that forbids storing this contact information, all at once; an empty answer means that it may be stored.
 * @param information the whole of what would stand in the environment; in sandbox that is without the alert contacts.
 *   Its shape has been checked by the schema.
 * @returns errors whose pointers lead into the information, in the form's order.
 */
export function checkContactInformation(
  information: ContactInformation,
  facts: ContactAccountFacts,
  environment: Environment,
): ContactError[] {
  const present = contactFields.filter((field) => information[field] !== undefined);
  return [
    ...checkNamedFields(present, environment),
    ...present.filter((field) => !offersField(facts.integrationType, field)).map(notOffered(facts)),
    ...unknownUsers(information, facts),
    ...brandAliasNotConfirmed(information),
    ...requiredAfterLaunch(information, facts, environment),
  ];
}

/**
 * Refuses fields that do not exist in the environment. Apart from the rest, because a merge patch names a field by
 * removing it too, and nothing of that is left to be seen afterwards.
 */
export function checkNamedFields(named: readonly string[], environment: Environment): ContactError[] {
  return contactFields
    .filter((field) => named.includes(field) && !existsIn(environment, field))
    .map((field) => ({
      pointer: `/${field}`,
      code: 'alert-contacts-production-only',
      detail: `${field} are set in production alone; leave them out here.`,
    }));
}

const notOffered =
  ({ integrationType }: ContactAccountFacts) =>
  (field: ContactField): ContactError => ({
    pointer: `/${field}`,
    code: 'field-not-offered',
    detail: `${field} is not offered for ${integrationType}.`,
  });

function unknownUsers(information: ContactInformation, { userIds }: ContactAccountFacts): ContactError[] {
  const named = information.alertContacts?.userIds ?? [];
  return named.flatMap((id, place): ContactError[] =>
    userIds.includes(id)
      ? []
      : [
          {
            pointer: `/alertContacts/userIds/${place}`,
            code: 'unknown-user',
            detail: 'Alert contacts are portal users of this account; nobody there has this id.',
          },
        ],
  );
}

/** The shared address goes to third parties, so somebody must have said that it is the brand's own alias. */
function brandAliasNotConfirmed({ operationalShared }: ContactInformation): ContactError[] {
  if (operationalShared === undefined || operationalShared.isBrandSupportAlias) return [];
  return [
    {
      pointer: '/operationalShared/isBrandSupportAlias',
      code: 'brand-alias-not-confirmed',
      detail: "Confirm that this is the brand's default support alias: it is shared with third parties.",
    },
  ];
}

/** Before launch a save may be partial; afterwards nobody may be left untold. */
function requiredAfterLaunch(
  information: ContactInformation,
  { integrationType, launched }: ContactAccountFacts,
  environment: Environment,
): ContactError[] {
  if (!launched) return [];
  return missingFields(information, integrationType, environment).map(({ field }) => ({
    pointer: `/${field}`,
    code: 'required-after-launch',
    detail: `${field} may not be left empty once the account is launched.`,
  }));
}
