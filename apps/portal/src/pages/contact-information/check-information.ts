import {
  contactFields,
  ContactInformation,
  inputErrors,
  type ContactField,
  type Environment,
  type InputError,
  type SessionAccount,
} from '@signalbox/contracts';
import { checkContactInformation, isEmpty, requiredFields } from '@signalbox/domain';

/**
 * What the server would find wrong, found before it is asked: by the same schema and the same rules, and all at once. The
 * form gives every field its shape, so that the rules may look at one whose content is not written well.
 */
export function checkInformation(
  information: ContactInformation,
  account: SessionAccount,
  userIds: readonly string[],
  environment: Environment,
): InputError[] {
  const parsed = ContactInformation.safeParse(information, { reportInput: true });
  const { integrationType, launched } = account;
  const found = [
    ...(parsed.success ? [] : inputErrors(parsed.error.issues)),
    ...checkContactInformation(information, { integrationType, launched, userIds }, environment),
  ];
  return contactFields.flatMap((field) => found.filter(isAbout(field)));
}

/** The required fields that hold something, and nothing that is wrong. */
export function fieldsDone(
  information: ContactInformation,
  errors: readonly InputError[],
  account: SessionAccount,
  environment: Environment,
): ContactField[] {
  return requiredFields(account.integrationType, environment).filter(
    (field) => !isEmpty(information, field) && !errors.some(isAbout(field)),
  );
}

const isAbout =
  (field: ContactField) =>
  ({ pointer }: InputError): boolean =>
    pointer.split('/')[1] === field;
