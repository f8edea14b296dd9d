import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { helpQuery } from '../../api/session.js';

/** On a stack for trying out: where its mails are, since they reach nobody's inbox. */
export function LocalMailbox() {
  const { t } = useTranslation('signIn');
  const { data } = useQuery(helpQuery);
  if (data?.mailboxUrl === undefined) return null;
  return (
    <Text size="sm" mt="lg">
      {t('mailbox.text')}{' '}
      <Anchor inherit underline="always" href={data.mailboxUrl} target="_blank" rel="noreferrer">
        {t('mailbox.open')}
      </Anchor>
    </Text>
  );
}
