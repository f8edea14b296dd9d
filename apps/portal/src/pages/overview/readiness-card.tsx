import { Badge, Group, List, Paper, Text, Title } from '@mantine/core';
import type { Environment } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useAccount } from '../../shell/use-account.js';

/** Whether everything required is there in an environment, and what is not. */
export function ReadinessCard({ environment }: { readonly environment: Environment }) {
  const { t } = useTranslation(['overview', 'shared', 'contactInformation']);
  const { account } = useAccount();
  const { ready, missing } = account.environments[environment];
  const fields = [...new Set(missing.map(({ field }) => field))];
  return (
    <Paper withBorder radius="lg" p="lg">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t(`shared:environment.${environment}`)}</Title>
        <Badge color={ready ? 'signal' : 'orange'}>{t(ready ? 'ready.title' : 'notReady.title')}</Badge>
      </Group>
      {ready ? (
        <Text c="dimmed">{t('ready.text')}</Text>
      ) : (
        <>
          <Text c="dimmed">{t('notReady.text', { count: fields.length })}</Text>
          <List size="sm" my="xs">
            {fields.map((field) => (
              <List.Item key={field}>{t(`contactInformation:fields.${field}.title`)}</List.Item>
            ))}
          </List>
          <RouterAnchor
            to={pages.contactInformation.path}
            search={(now: object) => ({ ...now, environment })}
          >
            {t('notReady.fill')}
          </RouterAnchor>
        </>
      )}
    </Paper>
  );
}
