import type { Advice, ContactField, SessionAccount } from '@signalbox/contracts';
import type { Mailbox } from '../lines-of.js';

/** What every field of the form is given. Its values it takes from the form around it: `useFormContext<ContactDraft>()`. */
export interface ContactFieldProps {
  readonly field: ContactField;
  readonly account: SessionAccount;
  /** The users, and those who no longer are and may still stand in the form. */
  readonly people: readonly Mailbox[];
  readonly isRequired: boolean;
  /** What would serve better, about this field alone. */
  readonly advice: readonly Advice[];
}
