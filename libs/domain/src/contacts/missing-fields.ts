import type {
  ContactField,
  ContactInformation,
  Environment,
  InputErrorCode,
  IntegrationType,
} from '@signalbox/contracts';
import { requiredFields } from './contact-policy.js';

export interface MissingField {
  readonly field: ContactField;
  readonly code: InputErrorCode;
  readonly detail: string;
}

/**
 * What an account has still to fill in before it is ready in the environment; readiness and launch answer with it.
 * A list that is there and empty is missing too: it says that somebody looked, not that anybody would be told.
 */
export function missingFields(
  information: ContactInformation,
  integrationType: IntegrationType,
  environment: Environment,
): MissingField[] {
  return requiredFields(integrationType, environment)
    .filter((field) => isEmpty(information, field))
    .map((field) => ({ field, code: 'required', detail: `${field} is required and nobody is in it.` }));
}

/** Whether a field is left out or holds nothing. */
export function isEmpty(information: ContactInformation, field: ContactField): boolean {
  switch (field) {
    case 'alertContacts':
      return !information.alertContacts?.userIds.length;
    case 'operationalShared':
      return information.operationalShared === undefined;
    case 'operationalSupport':
      return !information.operationalSupport?.hours.length;
    case 'technicalEmergency':
    case 'technicalNonEmergency':
    case 'merchantIssues':
    case 'operationalInternal':
      return !information[field]?.addresses.length;
  }
}
