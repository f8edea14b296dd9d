import { Button, Group, Stack, TextInput } from '@mantine/core';
import { SupportHours, type SupportRange } from '@signalbox/contracts';
import { lazy, Suspense, useRef } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { besideInput } from '../../../components/beside-input.js';
import { ownZone } from '../../../components/time-in.js';
import type { ContactDraft } from '../draft.js';
import { copiesOf, daysWithout, toStored } from '../support-ranges.js';
import { useFormErrorText } from '../use-form-error-text.js';
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
    hours: watched.hours.map(toStored),
    closedDates: watched.closedDates.filter((date) => date !== ''),
  });
  const empty = daysWithout(watched.hours);
  const add = useRef<HTMLButtonElement>(null);
  const takeOut = (place: number) => {
    remove(place);
    add.current?.focus();
  };
  return (
    <FieldFrame {...props}>
      <datalist id={timeZoneList}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {fields.map(({ id }, place) => {
        const copies = copiesOf(watched.hours, place);
        return (
          <SupportRangeInput
            key={id}
            place={place}
            copying={empty.length > 0 ? 'fills' : 'adds'}
            onCopy={copies.length === 0 ? undefined : () => append(copies)}
            onRemove={() => takeOut(place)}
          />
        );
      })}
      <Button
        ref={add}
        variant="light"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => append(fields.length === 0 ? workingWeek() : { ...workingWeek(), days: empty })}
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
  const errorText = useFormErrorText();
  const { register, watch, setValue, formState } = useFormContext<ContactDraft>();
  const name = 'operationalSupport.closedDates';
  const dates = watch(name);
  const add = useRef<HTMLButtonElement>(null);
  const takeOut = (place: number) => {
    setValue(name, dates.toSpliced(place, 1), { shouldDirty: true });
    add.current?.focus();
  };
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
            onClick={() => takeOut(place)}
          >
            {t('remove')}
          </Button>
        </Group>
      ))}
      <Button
        ref={add}
        variant="light"
        size="xs"
        onClick={() => setValue(name, [...dates, ''], { shouldDirty: true })}
      >
        {t('addClosedDate')}
      </Button>
    </Stack>
  );
}
