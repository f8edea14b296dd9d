import { AddressList } from './address-list.js';
import type { ContactFieldProps } from './contact-field-props.js';

export const OperationalInternal = (props: ContactFieldProps) => (
  <AddressList {...props} field="operationalInternal" />
);
