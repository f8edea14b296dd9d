import { Badge, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { environments, type Environment } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../components/page-head.js';
import { useAccount } from '../../shell/use-account.js';

/** Whether the account can be reached. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  return (
    <>
      <PageHead title={t('title')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw="60rem">
        {environments.toReversed().map((environment) => (
          <ReadinessCard key={environment} environment={environment} />
        ))}
      </SimpleGrid>
    </>
  );
}

function ReadinessCard({ environment }: { readonly environment: Environment }) {
  const { t } = useTranslation(['overview', 'shared']);
  const { account } = useAccount();
  const { ready, missing } = account.environments[environment];
  return (
    <Paper withBorder radius="lg" p="lg">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t(`shared:environment.${environment}`)}</Title>
        <Badge color={ready ? 'signal' : 'orange'} variant="light">
          {t(ready ? 'ready.title' : 'notReady.title')}
        </Badge>
      </Group>
      <Text c="dimmed">{ready ? t('ready.text') : t('notReady.text', { count: missing.length })}</Text>
    </Paper>
  );
}
