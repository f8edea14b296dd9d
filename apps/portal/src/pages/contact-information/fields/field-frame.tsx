import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { get, useFormState } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { ContactDraft } from '../draft.js';
import { useFormErrorText } from '../use-form-error-text.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldSet } from './field-set.js';

interface FieldFrameProps extends ContactFieldProps {
  readonly children: ReactNode;
}

/** What stands around each field: its name, who is told and when, what is wrong with it as a whole, and advice. */
export function FieldFrame({ field, isRequired, advice, children }: FieldFrameProps) {
  const { t } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const { errors } = useFormState<ContactDraft>();
  const error = errorText(asError(get(errors, field)) ?? asError(get(errors, `${field}.root`)));
  return (
    <FieldSet
      field={field}
      badge={t(isRequired ? 'required' : 'optional')}
      badgeColor={isRequired ? 'signal' : 'gray'}
    >
      {children}
      {error !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      {advice.map(({ code }) => (
        <Text key={code} size="sm" className="contact-field-advice">
          {t(`advice.${code}`)}
        </Text>
      ))}
    </FieldSet>
  );
}

/** What react-hook-form keeps at a path: an error, or what is wrong further in. */
function asError(found: unknown): { readonly type?: unknown } | undefined {
  const isError =
    typeof found === 'object' && found !== null && 'type' in found && typeof found.type === 'string';
  return isError ? found : undefined;
}
