import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { besideInput } from '../../../components/beside-input.js';
import { blankRow, type AddressField, type ContactDraft } from '../draft.js';
import { useFormErrorText } from '../use-form-error-text.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

/** A field that holds addresses, each with a label if one likes. */
export function AddressList({ field, ...props }: ContactFieldProps & { readonly field: AddressField }) {
  const { t } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const { control, register, formState } = useFormContext<ContactDraft>();
  const { fields, append, remove } = useFieldArray({ control, name: `${field}.addresses` });
  const errors = formState.errors[field]?.addresses;
  const add = useRef<HTMLButtonElement>(null);
  const takeOut = (place: number) => {
    remove(place);
    add.current?.focus();
  };
  return (
    <FieldFrame {...props} field={field}>
      <Stack gap="sm">
        {fields.map(({ id }, place) => (
          <Group key={id} gap="sm" align="flex-start" wrap="wrap">
            <TextInput
              flex="2 1 14rem"
              type="email"
              label={t('address')}
              error={errorText(errors?.[place]?.email)}
              {...register(`${field}.addresses.${place}.email`)}
            />
            <TextInput
              flex="1 1 9rem"
              label={t('label')}
              error={errorText(errors?.[place]?.label)}
              {...register(`${field}.addresses.${place}.label`)}
            />
            <Button
              variant="default"
              mt={besideInput}
              onClick={() => takeOut(place)}
              aria-label={t('removeAddress', { number: place + 1 })}
            >
              {t('remove')}
            </Button>
          </Group>
        ))}
        <Button
          ref={add}
          variant="light"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => append(blankRow)}
        >
          {t('addAddress')}
        </Button>
      </Stack>
    </FieldFrame>
  );
}
