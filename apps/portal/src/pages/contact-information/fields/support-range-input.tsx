import { Button, Checkbox, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { suggestTimeZone, weekdays } from '@signalbox/contracts';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { ContactDraft } from '../draft.js';
import { useFormErrorText } from '../use-form-error-text.js';
import { isOverMidnight, wallTimeOf } from '../support-ranges.js';
import { weekdayName } from '../weekday-name.js';

/** The id of the list of zones that every range offers. */
export const timeZoneList = 'time-zones';

interface SupportRangeInputProps {
  readonly place: number;
  /** Whether copying fills days without hours, or adds to what days have. */
  readonly copying: 'fills' | 'adds';
  /** Undefined when every day has these hours. */
  readonly onCopy: (() => void) | undefined;
  readonly onRemove: () => void;
}

/** One weekly range: its days, its hours and the zone whose clock they are on. */
export function SupportRangeInput({ place, copying, onCopy, onRemove }: SupportRangeInputProps) {
  const { t, i18n } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const { control, register, formState, watch, setValue, clearErrors } = useFormContext<ContactDraft>();
  const errors = formState.errors.operationalSupport?.hours?.[place];
  const name = `operationalSupport.hours.${place}` as const;
  const range = watch(name);
  const { opens, closes, timeZone } = range;
  const suggested = errors?.timeZone === undefined ? undefined : suggestTimeZone(timeZone);
  const takeSuggested = () => {
    setValue(`${name}.timeZone`, suggested ?? timeZone, { shouldDirty: true });
    clearErrors(`${name}.timeZone`);
  };
  return (
    <Paper withBorder p="sm" radius="md" role="group" aria-label={t('range', { number: place + 1 })}>
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
                {weekdays.map((day) => (
                  <Checkbox key={day} value={day} label={weekdayName(i18n.language, day)} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
        />
        <Group gap="sm" align="flex-start" wrap="wrap">
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
            list={timeZoneList}
            error={errorText(errors?.timeZone)}
            {...register(`${name}.timeZone`)}
          />
        </Group>
        {suggested !== undefined && (
          <Button size="xs" variant="light" style={{ alignSelf: 'flex-start' }} onClick={takeSuggested}>
            {t('useTimeZone', { zone: suggested })}
          </Button>
        )}
        {isOverMidnight(range) && (
          <Text size="sm" c="dimmed">
            {t('overMidnight', { opens: wallTimeOf(opens), closes: wallTimeOf(closes) })}
          </Text>
        )}
        <Group gap="sm">
          {onCopy && (
            <Button
              size="xs"
              variant="default"
              onClick={onCopy}
              aria-label={t(`copying.${copying}Whole`, { number: place + 1 })}
            >
              {t(`copying.${copying}`)}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            onClick={onRemove}
            aria-label={t('removeRange', { number: place + 1 })}
          >
            {t('remove')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
