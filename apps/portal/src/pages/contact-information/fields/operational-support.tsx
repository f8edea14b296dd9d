import { Button, Checkbox, Group, Paper, Stack, TextInput } from '@mantine/core';
import { weekdays, type SupportRange } from '@signalbox/contracts';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../components/form-errors.js';
import type { ContactDraft } from '../draft.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

const workingWeek = (): SupportRange => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  opens: '09:00',
  closes: '17:00',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Weekly ranges, each with its zone; one that closes before it opens runs past midnight. */
export function OperationalSupport(props: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  const { control } = useFormContext<ContactDraft>();
  const { fields, append, remove } = useFieldArray({ control, name: 'operationalSupport.hours' });
  return (
    <FieldFrame field="operationalSupport" {...props}>
      {fields.map(({ id }, place) => (
        <Range key={id} place={place} onRemove={() => remove(place)} />
      ))}
      <Button
        variant="light"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => append(workingWeek())}
      >
        {t('addRange')}
      </Button>
    </FieldFrame>
  );
}

function Range({ place, onRemove }: { readonly place: number; readonly onRemove: () => void }) {
  const { t, i18n } = useTranslation('contactInformation');
  const errorText = useErrorText();
  const { control, register, formState } = useFormContext<ContactDraft>();
  const errors = formState.errors.operationalSupport?.hours?.[place];
  const name = `operationalSupport.hours.${place}` as const;
  return (
    <Paper withBorder p="sm" radius="md">
      <Stack gap="sm">
        <Controller
          control={control}
          name={`${name}.days`}
          render={({ field: { value, onChange } }) => (
            <Checkbox.Group
              label={t('days')}
              value={value}
              onChange={onChange}
              error={errorText(errors?.days)}
            >
              <Group gap="sm" mt={4}>
                {weekdays.map((day, index) => (
                  <Checkbox key={day} value={day} label={weekdayName(i18n.language, index)} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
        />
        <Group gap="sm" align="flex-end" wrap="wrap">
          <TextInput
            w="6rem"
            label={t('opens')}
            error={errorText(errors?.opens)}
            {...register(`${name}.opens`)}
          />
          <TextInput
            w="6rem"
            label={t('closes')}
            error={errorText(errors?.closes)}
            {...register(`${name}.closes`)}
          />
          <TextInput
            flex="1 1 12rem"
            label={t('timeZone')}
            error={errorText(errors?.timeZone)}
            {...register(`${name}.timeZone`)}
          />
          <Button variant="default" onClick={onRemove} aria-label={t('removeRange', { number: place + 1 })}>
            {t('remove')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** @param index 0 is Monday, as the first of January 2024 was. */
const weekdayName = (language: string, index: number): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + index),
  );
