import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { environments } from '@signalbox/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.js';
import { Loading } from '../../components/loading.js';
import { PageHead } from '../../components/page-head.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useAccount } from '../../shell/use-account.js';
import { EventRows } from '../events/event-rows.js';
import { lastEventsQuery } from '../events/queries.js';
import { AdviceCard } from './advice-card.js';
import { ReadinessCard } from './readiness-card.js';
import { WhoIsTold } from './who-is-told.js';

/** So many events are the last ones. */
const lastCount = 5;

/** Whether the account can be reached, who would be told now, and what happened last. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Stack gap="2.5rem" maw="72rem">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {environments.toReversed().map((environment) => (
            <ReadinessCard key={environment} environment={environment} />
          ))}
        </SimpleGrid>
        <AdviceCard />
        <Section
          title={t('last.title')}
          more={<RouterAnchor to={pages.events.path}>{t('last.all')}</RouterAnchor>}
        >
          <LastEvents />
        </Section>
        <Section title={t('who.title')} text={t('who.text')}>
          <WhoIsTold />
        </Section>
      </Stack>
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly text?: string;
  /** Where more of it is. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

const Section = ({ title, text, more, children }: SectionProps) => (
  <section>
    <Group justify="space-between" mb="md">
      <div>
        <Title order={2}>{title}</Title>
        {text !== undefined && <Text c="dimmed">{text}</Text>}
      </div>
      {more}
    </Group>
    {children}
  </section>
);

function LastEvents() {
  const { t } = useTranslation('overview');
  const { account, environment } = useAccount();
  const { data, error, refetch } = useQuery(lastEventsQuery(account.account, environment, lastCount));
  if (data === undefined) {
    return error === null ? <Loading /> : <ProblemAlert error={error} onTryAgain={() => void refetch()} />;
  }
  if (data.length === 0) return <EmptyState title={t('last.none')} />;
  return <EventRows events={data} label={t('last.title')} />;
}
