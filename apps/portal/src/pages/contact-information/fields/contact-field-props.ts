import type { Advice, ContactField, SessionAccount } from '@signalbox/contracts';

/** What every field of the form is given. Its values it takes from the form around it: `useFormContext<ContactDraft>()`. */
export interface ContactFieldProps {
  readonly field: ContactField;
  readonly account: SessionAccount;
  readonly isRequired: boolean;
  /** What would serve better, about this field alone. */
  readonly advice: readonly Advice[];
}
