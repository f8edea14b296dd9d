import type { ContactField, InputError } from '@signalbox/contracts';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { placeInForm, type ContactDraft } from './draft.js';
import type { PlacedError } from './error-summary.js';
import { formErrorCode } from './form-error-code.js';

/** What is wrong, each at its input, and all of it for the list above the form. */
export function useShownErrors(form: UseFormReturn<ContactDraft>) {
  const [errors, setErrors] = useState<readonly PlacedError[]>([]);
  const showErrors = (found: readonly InputError[], shown = form.getValues()) => {
    form.clearErrors();
    const placed = found.map((error) => {
      const place = placeInForm(error.pointer, shown);
      return { ...error, place, code: formErrorCode(error.code, place) };
    });
    for (const { place, code } of placed) form.setError(place as ContactField, { type: code });
    // Two users who are none any more are one thing to mend.
    setErrors([...new Map(placed.map((error) => [`${error.place} ${error.code}`, error])).values()]);
  };
  return { errors, showErrors };
}
