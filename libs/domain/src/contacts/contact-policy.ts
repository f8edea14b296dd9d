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
  readonly title: string;
  /** What it is for, in one sentence for whoever fills it in. */
  readonly explanation: string;
  /** What the field holds: portal users of the account, mail addresses, or opening hours. */
  readonly holds: 'users' | 'addresses' | 'hours';
  readonly count: 'many' | 'one';
  /** Internal: never shown to a third party, in no answer and no mail. */
  readonly audience: 'internal' | 'shareable';
  /** Where the field can be seen and set. */
  readonly environments: readonly Environment[];
  /** The kind of alias that serves better than one person's address; a personal one gets an advice, never a refusal. */
  readonly aliasAdvised?: 'page' | 'support';
}

/** What each field is, whatever the integration type. */
export const fieldRules = {
  alertContacts: {
    title: 'Alert contacts',
    explanation:
      'Portal users who can solve technical problems in production that are not urgent; they get the automated mails on problems found there.',
    holds: 'users',
    count: 'many',
    audience: 'internal',
    environments: ['production'],
  },
  technicalEmergency: {
    title: 'Technical emergency',
    explanation: 'Told at once in emergencies, for example when the integration is disabled.',
    holds: 'addresses',
    count: 'many',
    audience: 'internal',
    environments,
    aliasAdvised: 'page',
  },
  technicalNonEmergency: {
    title: 'Technical, non-emergency',
    explanation: 'Continuing support that needs technical knowledge: API migrations and matching issues.',
    holds: 'addresses',
    count: 'many',
    audience: 'internal',
    environments,
  },
  merchantIssues: {
    title: 'Merchant issues',
    explanation:
      'Told when a merchant complains, or asks to be removed from a partner it has no business with.',
    holds: 'addresses',
    count: 'many',
    audience: 'internal',
    environments,
  },
  operationalInternal: {
    title: 'Operational, for the platform',
    explanation: 'Escalations of users that need the partner, for example a booking that is not honoured.',
    holds: 'addresses',
    count: 'many',
    audience: 'internal',
    environments,
  },
  operationalShared: {
    title: 'Operational, to share with users',
    explanation: "The brand's default support alias; handed to users for refunds, cancellations and changes.",
    holds: 'addresses',
    count: 'one',
    audience: 'shareable',
    environments,
    aliasAdvised: 'support',
  },
  operationalSupport: {
    title: 'Support hours',
    explanation:
      'When the shared address is answered: weekly opening hours, each range in a time zone of its own.',
    holds: 'hours',
    count: 'many',
    audience: 'shareable',
    environments,
  },
} as const satisfies Record<ContactField, FieldRule>;

/** The rule of one field, for code that treats all fields alike. */
export const ruleOf = (field: ContactField): FieldRule => fieldRules[field];

/** What this type asks of the field in the environment. */
export const offerIn = (
  environment: Environment,
  integrationType: IntegrationType,
  field: ContactField,
): FieldOffer => (existsIn(environment, field) ? contactPolicy[integrationType][field] : 'not-offered');

/** Whether accounts of this type can have the field at all, required or optional. */
export const offersField = (integrationType: IntegrationType, field: ContactField): boolean =>
  contactPolicy[integrationType][field] !== 'not-offered';

/** Whether the field exists in the environment: alert contacts do in production alone. */
export const existsIn = (environment: Environment, field: ContactField): boolean =>
  ruleOf(field).environments.includes(environment);

/** The fields that must be filled in for this type before it is ready in the environment, in the form's order. */
export const requiredFields = (integrationType: IntegrationType, environment: Environment): ContactField[] =>
  contactFields.filter((field) => offerIn(environment, integrationType, field) === 'required');
