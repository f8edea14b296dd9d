import { Alert, Anchor, List, Text } from '@mantine/core';
import { contactFields, type InputError } from '@signalbox/contracts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormErrorCode } from './form-error-code.js';
import { useFormErrorText } from './use-form-error-text.js';

/** An error and the name of the input that it is about. */
export interface PlacedError extends Omit<InputError, 'code'> {
  readonly place: string;
  readonly code: FormErrorCode;
}

/** Everything that is wrong, in one list above the form; each entry leads to its input. */
export function ErrorSummary({ errors }: { readonly errors: readonly PlacedError[] }) {
  const { t } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), [errors]);
  return (
    <Alert color="red" variant="light" role="alert" ref={summary} tabIndex={-1}>
      <Text fw={600} mb="xs" c="bright">
        {t('errors.title', { count: errors.length })}
      </Text>
      <List size="sm" spacing={6} listStyleType="none">
        {errors.map(({ place, code, pointer }) => (
          <List.Item key={`${pointer} ${code}`}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="left"
              underline="always"
              c="bright"
              onClick={() => focusPlace(place)}
            >
              {t(`fields.${fieldOf(place)}.title`)}: {errorText({ type: code })}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

const fieldOf = (place: string) =>
  contactFields.find((field) => place.split('.')[0] === field) ?? 'alertContacts';

/** The input of that name; else the first one of the field. */
function focusPlace(place: string): void {
  const named = document.getElementsByName(place)[0];
  const first = document.querySelector<HTMLElement>(`#field-${fieldOf(place)} :is(input, select, button)`);
  (named ?? first)?.focus();
}
