import { Box, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../components/moment.js';
import { PageHead } from '../../components/page-head.js';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useAccount } from '../../shell/use-account.js';
import { EventFacts } from './event-facts.js';
import { EventRecipients } from './event-recipients.js';
import { EventTimeline } from './event-timeline.js';
import { eventQuery } from './queries.js';
import { StateBadge } from './state-badge.js';
import { whatBecameOf } from './timeline.js';
import { useWords } from './use-words.js';

const route = getRouteApi('/signed-in/events/$id');

/** One event: what happened, whom we told, and why. */
export function EventPage() {
  const { t } = useTranslation('events');
  const { reason } = useWords();
  const { account, environment } = useAccount();
  const { id } = route.useParams();
  const { source } = route.useSearch();
  const { data: event } = useSuspenseQuery(eventQuery(id, environment, source));
  // Who belongs to several accounts may follow a link to an event of another one.
  if (event.account !== account.account) {
    return <Navigate to="." search={(now: object) => ({ ...now, account: event.account })} replace />;
  }
  const became = whatBecameOf(event);
  return (
    <Box maw="72rem">
      <RouterAnchor to={pages.events.path} size="sm">
        ← {t('back')}
      </RouterAnchor>
      <Box mt="sm">
        <PageHead title={event.title} />
      </Box>
      <Stack gap="xs" mt="-1rem" mb="xl">
        <Text c="dimmed">
          {t(`kinds.${event.kind}`)} · <Moment at={event.acceptedAt} isExact />
        </Text>
        <Group gap="sm" role="status">
          <StateBadge state={event.state} />
          <Text fw={500}>
            {t(`became.${became.text}`, { count: became.count })}
            {event.reason !== null && ` ${reason(event.reason)}`}
          </Text>
        </Group>
      </Stack>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" style={{ alignItems: 'start' }}>
        <Section title={t('timelineTitle')}>
          <EventTimeline event={event} />
        </Section>
        <Stack gap="xl">
          <Section title={t('recipientsTitle')}>
            <EventRecipients event={event} />
          </Section>
          <Section title={t('dataTitle')}>
            <EventFacts event={event} />
          </Section>
        </Stack>
      </SimpleGrid>
    </Box>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper component="section" withBorder radius="lg" p={{ base: 'md', sm: 'lg' }}>
    <Title order={2} mb="md">
      {title}
    </Title>
    {children}
  </Paper>
);
