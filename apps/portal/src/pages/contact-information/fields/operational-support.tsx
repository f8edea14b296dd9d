import { Button, Group, Stack, TextInput } from '@mantine/core';
import { SupportHours, weekdays, type SupportRange } from '@signalbox/contracts';
import { lazy, Suspense } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { besideInput } from '../../../components/beside-input.js';
import { useErrorText } from '../../../components/form-errors.js';
import { ownZone } from '../../../components/time-in.js';
import type { ContactDraft } from '../draft.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';
import { SupportRangeInput, timeZoneList } from './support-range-input.js';

// With the arithmetic of zones, which nobody needs before there are hours.
const WeekPicture = lazy(async () => ({ default: (await import('./week-picture.js')).WeekPicture }));

const workingWeek = (): SupportRange => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  opens: '09:00',
  closes: '17:00',
  timeZone: ownZone(),
});

/** Weekly ranges, each with its zone, dates on which nobody is there, and a picture of what both come to. */
export function OperationalSupport(props: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  const { control } = useFormContext<ContactDraft>();
  const { fields, append, remove } = useFieldArray({ control, name: 'operationalSupport.hours' });
  const watched = useWatch({ control, name: 'operationalSupport' });
  const parsed = SupportHours.safeParse({
    ...watched,
    closedDates: watched.closedDates.filter((date) => date !== ''),
  });
  const uncovered = weekdays.filter((day) => !watched.hours.some(({ days }) => days.includes(day)));
  const copy = (place: number) => {
    const range = watched.hours[place];
    if (range !== undefined) append({ ...range, days: uncovered });
  };
  return (
    <FieldFrame {...props}>
      <datalist id={timeZoneList}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {fields.map(({ id }, place) => (
        <SupportRangeInput
          key={id}
          place={place}
          onCopy={uncovered.length === 0 ? undefined : () => copy(place)}
          onRemove={() => remove(place)}
        />
      ))}
      <Button
        variant="light"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => append(fields.length === 0 ? workingWeek() : { ...workingWeek(), days: uncovered })}
      >
        {t('addRange')}
      </Button>
      <ClosedDates />
      {parsed.success && parsed.data.hours.length > 0 && (
        <Suspense>
          <WeekPicture hours={parsed.data} />
        </Suspense>
      )}
    </FieldFrame>
  );
}

/** Dates without support, in whatever zone a range is. */
function ClosedDates() {
  const { t } = useTranslation('contactInformation');
  const errorText = useErrorText();
  const { register, watch, setValue, formState } = useFormContext<ContactDraft>();
  const name = 'operationalSupport.closedDates';
  const dates = watch(name);
  return (
    <Stack gap="xs" align="flex-start">
      {dates.map((_, place) => (
        <Group key={place} gap="sm" align="flex-start">
          <TextInput
            type="date"
            label={t('closedDate', { number: place + 1 })}
            error={errorText(formState.errors.operationalSupport?.closedDates?.[place])}
            {...register(`${name}.${place}`)}
          />
          <Button
            variant="default"
            mt={besideInput}
            aria-label={t('removeClosedDate', { number: place + 1 })}
            onClick={() => setValue(name, dates.toSpliced(place, 1), { shouldDirty: true })}
          >
            {t('remove')}
          </Button>
        </Group>
      ))}
      <Button variant="light" size="xs" onClick={() => setValue(name, [...dates, ''], { shouldDirty: true })}>
        {t('addClosedDate')}
      </Button>
    </Stack>
  );
}
