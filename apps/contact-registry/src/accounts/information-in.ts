import { contactFields, type ContactInformation, type Environment } from '@signalbox/contracts';
import { existsIn } from '@signalbox/domain';

/** The fields that exist in the environment, in the form's order. */
export function informationIn(environment: Environment, information: ContactInformation): ContactInformation {
  const fields = contactFields.filter(
    (field) => existsIn(environment, field) && information[field] !== undefined,
  );
  return Object.fromEntries(fields.map((field) => [field, information[field]]));
}
