import type { ContactField } from '@signalbox/contracts';
import type { ComponentType } from 'react';
import { AlertContacts } from './alert-contacts.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { MerchantIssues } from './merchant-issues.js';
import { OperationalInternal } from './operational-internal.js';
import { OperationalShared } from './operational-shared.js';
import { OperationalSupport } from './operational-support.js';
import { TechnicalEmergency } from './technical-emergency.js';
import { TechnicalNonEmergency } from './technical-non-emergency.js';

/** What each contact field looks like in the form. */
export const fieldComponents: Record<ContactField, ComponentType<ContactFieldProps>> = {
  alertContacts: AlertContacts,
  technicalEmergency: TechnicalEmergency,
  technicalNonEmergency: TechnicalNonEmergency,
  merchantIssues: MerchantIssues,
  operationalInternal: OperationalInternal,
  operationalShared: OperationalShared,
  operationalSupport: OperationalSupport,
};
