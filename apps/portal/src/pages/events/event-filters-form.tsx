import { Button, Group, NativeSelect } from '@mantine/core';
import { dispatchStates, eventKinds, type DispatchState, type EventKind } from '@signalbox/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DayInput } from './day-input.js';
import type { EventsSearch } from './events-search.js';

/** Each choice is an address of its own, so that it can be sent to somebody and the back button takes it back. */
export function EventFiltersForm({ filters }: { readonly filters: EventsSearch }) {
  const { t } = useTranslation('events');
  const navigate = useNavigate();
  const { kind, state, from, to } = filters;
  const choose = (change: EventsSearch) =>
    void navigate({ to: '.', search: (now: object) => ({ ...now, ...change }) });
  return (
    <Group role="search" aria-label={t('filters.label')} align="flex-end" gap="sm">
      <NativeSelect
        flex="1 1 12rem"
        label={t('filters.kind')}
        value={kind ?? ''}
        data={[
          { value: '', label: t('filters.everyKind') },
          ...eventKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          choose({ kind: (value || undefined) as EventKind | undefined })
        }
      />
      <NativeSelect
        flex="1 1 12rem"
        label={t('filters.state')}
        value={state ?? ''}
        data={[
          { value: '', label: t('filters.everyState') },
          ...dispatchStates.map((value) => ({ value, label: t(`states.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          choose({ state: (value || undefined) as DispatchState | undefined })
        }
      />
      <DayInput label={t('filters.from')} value={from} max={to} onChoose={(day) => choose({ from: day })} />
      <DayInput label={t('filters.to')} value={to} min={from} onChoose={(day) => choose({ to: day })} />
      {Object.values(filters).some((value) => value !== undefined) && (
        <Button
          variant="subtle"
          onClick={() => choose({ kind: undefined, state: undefined, from: undefined, to: undefined })}
        >
          {t('filters.clear')}
        </Button>
      )}
    </Group>
  );
}
