import {
  contactFields,
  environments,
  type ContactField,
  type Environment,
  type IntegrationType,
} from '@signalbox/contracts';

/** What an integration type asks of a field. A value in a field that is not offered is an error. */
export type FieldOffer = 'required' | 'optional' | 'not-offered';

/** Which fields each integration type requires, takes as optional, or does not offer. A new type is a new row. */
export const contactPolicy = {
  'things-to-do': {
    alertContacts: 'required',
    technicalEmergency: 'required',
    technicalNonEmergency: 'required',
    merchantIssues: 'not-offered',
    operationalInternal: 'required',
    operationalShared: 'required',
    operationalSupport: 'required',
  },
  reservations: {
    alertContacts: 'required',
    technicalEmergency: 'required',
    technicalNonEmergency: 'required',
    merchantIssues: 'required',
    operationalInternal: 'required',
    operationalShared: 'required',
    operationalSupport: 'required',
  },
  ordering: {
    alertContacts: 'required',
    technicalEmergency: 'required',
    technicalNonEmergency: 'required',
    merchantIssues: 'optional',
    operationalInternal: 'required',
    operationalShared: 'required',
    operationalSupport: 'required',
  },
} as const satisfies Record<IntegrationType, Record<ContactField, FieldOffer>>;

export interface FieldRule {
  /** What the field holds: portal users of the account, mail addresses, or opening hours. */
  readonly holds: 'users' | 'addresses' | 'hours';
  readonly count: 'many' | 'one';
  /** Internal: never shown to a third party, in no answer and no mail. */
  readonly audience: 'internal' | 'shareable';
  /** Where the field can be seen and set. */
  readonly environments: readonly Environment[];
}

/** What each field is, whatever the integration type. */
export const fieldRules = {
  alertContacts: { holds: 'users', count: 'many', audience: 'internal', environments: ['production'] },
  technicalEmergency: { holds: 'addresses', count: 'many', audience: 'internal', environments },
  technicalNonEmergency: { holds: 'addresses', count: 'many', audience: 'internal', environments },
  merchantIssues: { holds: 'addresses', count: 'many', audience: 'internal', environments },
  operationalInternal: { holds: 'addresses', count: 'many', audience: 'internal', environments },
  operationalShared: { holds: 'addresses', count: 'one', audience: 'shareable', environments },
  operationalSupport: { holds: 'hours', count: 'many', audience: 'shareable', environments },
} as const satisfies Record<ContactField, FieldRule>;

/** Whether accounts of this type can have the field at all, required or optional. */
export const offersField = (integrationType: IntegrationType, field: ContactField): boolean =>
  contactPolicy[integrationType][field] !== 'not-offered';

/** Whether the field exists in the environment: alert contacts do in production alone. */
export const existsIn = (environment: Environment, field: ContactField): boolean =>
  (fieldRules[field].environments as readonly Environment[]).includes(environment);

/** The fields that must be filled in for this type before it is ready in the environment, in the form's order. */
export const requiredFields = (integrationType: IntegrationType, environment: Environment): ContactField[] =>
  contactFields.filter(
    (field) => contactPolicy[integrationType][field] === 'required' && existsIn(environment, field),
  );
