import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { FieldChange, HistoryEntry } from '@signalbox/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../../components/moment.js';
import { useAccount } from '../../../shell/use-account.js';
import { usersQuery } from '../../users/queries.js';
import { changeLines } from './change-lines.js';
import './history-entries.css';
import { useItemText } from './use-item-text.js';
import { idOfVersion } from './use-version-of-address.js';

interface HistoryEntriesProps {
  readonly entries: readonly HistoryEntry[];
  /** The version that the address names, if it names one. */
  readonly marked: number | undefined;
}

/** Changes, each with who made it and what it did in plain words. */
export function HistoryEntries({ entries, marked }: HistoryEntriesProps) {
  const { t } = useTranslation('history');
  return (
    <Stack component="ol" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('label')}>
      {entries.map((entry) => (
        <Paper
          component="li"
          key={entry.version}
          id={idOfVersion(entry.version)}
          className="history-entry"
          tabIndex={-1}
          {...(entry.version === marked && { 'aria-current': 'true' })}
          withBorder
          radius="lg"
          p="lg"
        >
          <Entry entry={entry} />
        </Paper>
      ))}
    </Stack>
  );
}

function Entry({
  entry: { version, at, by, actor, what, changes, changed },
}: {
  readonly entry: HistoryEntry;
}) {
  const { t, i18n } = useTranslation('history');
  const { account } = useAccount();
  const { data: users } = useQuery(usersQuery(account.account));
  const isGone = actor?.kind === 'portal-user' && users?.every(({ id }) => id !== actor.id) === true;
  const who = actor?.kind !== 'portal-user' ? t('platformStaff') : isGone ? t('formerUser') : by;
  const shown = changes.length > 0 ? changes : changed.map((field) => ({ field, before: null, after: null }));
  return (
    <>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={2} size="h4">
          {t('version', { version })}
          {i18n.exists(`kinds.${what}`, { ns: 'history' }) && ` · ${t(`kinds.${what as 'users'}`)}`}
        </Title>
        <Text size="sm" c="dimmed">
          <Moment at={at} /> · {t('by', { who })}
        </Text>
      </Group>
      <Stack gap="xs">
        {shown.map((change, index) => (
          <Change key={index} change={change} />
        ))}
      </Stack>
    </>
  );
}

function Change({ change }: { readonly change: FieldChange }) {
  const { t } = useTranslation('history');
  const { fieldName, itemText } = useItemText();
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text fw={600} size="sm">
        {fieldName(change.field)}
      </Text>
      {changeLines(change).map(({ text, item, before, after }, index) => (
        <Text key={index} size="sm">
          {t(`lines.${text}`, { item: itemText(item), before: itemText(before), after: itemText(after) })}
        </Text>
      ))}
    </div>
  );
}
