import { toNestErrors } from '@hookform/resolvers';
import { inputErrors, type InputErrorCode } from '@signalbox/contracts';
import type { FieldError, FieldValues, Resolver } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';

/** A form that is checked by a schema of contracts. An error's type is its code, as the server would answer it. */
export const schemaResolver =
  <Values extends FieldValues>(schema: z.ZodType): Resolver<Values> =>
  (values, _context, options) => {
    const parsed = schema.safeParse(values, { reportInput: true });
    if (parsed.success) return { values, errors: {} };
    const found = inputErrors(parsed.error.issues).map(({ pointer, code }) => {
      return [pointer.slice(1).replaceAll('/', '.'), { type: code }] as const;
    });
    const errors: Record<string, FieldError> = Object.fromEntries(found);
    return { values: {}, errors: toNestErrors<Values>(errors, options) };
  };

/** The sentence for an error of a form, in the reader's language. */
export function useErrorText(): (error: { readonly type?: unknown } | undefined) => string | undefined {
  const { t } = useTranslation('inputErrors');
  return (error) => (error === undefined ? undefined : t(error.type as InputErrorCode));
}
