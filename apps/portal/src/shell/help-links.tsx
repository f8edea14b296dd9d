import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { helpQuery } from '../api/session.js';

/** Where somebody turns who does not get on. */
export function HelpLinks() {
  const { t } = useTranslation('shell');
  const { data } = useQuery(helpQuery);
  if (data === undefined) return null;
  return (
    <Group gap="md">
      <Anchor size="sm" href={data.supportUrl} target="_blank" rel="noreferrer">
        {t('support')}
      </Anchor>
      <Anchor size="sm" href={data.helpUrl} target="_blank" rel="noreferrer">
        {t('help')}
      </Anchor>
    </Group>
  );
}
