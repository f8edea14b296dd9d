import { Group, Paper, Text } from '@mantine/core';
import type { EventSummary } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../components/moment.js';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import './event-rows.css';
import { StateBadge } from './state-badge.js';

interface EventRowsProps {
  readonly events: readonly EventSummary[];
  /** What the list is, for who cannot see where it stands. */
  readonly label: string;
}

/** Events, one a row; the whole row leads to the event. */
export function EventRows({ events, label }: EventRowsProps) {
  return (
    <Paper withBorder radius="lg" component="ul" className="event-rows" aria-label={label}>
      {events.map((event) => (
        <EventRow key={`${event.source} ${event.id}`} event={event} />
      ))}
    </Paper>
  );
}

function EventRow({ event }: { readonly event: EventSummary }) {
  const { t } = useTranslation('events');
  const { id, source, title, kind, state, acceptedAt } = event;
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
        <RouterAnchor
          to={pages.event.path}
          params={{ id }}
          search={{ source }}
          className="event-rows-link"
          c="bright"
          fw={600}
        >
          {title}
        </RouterAnchor>
        <StateBadge state={state} />
      </Group>
      <Text size="sm" c="dimmed">
        {t(`kinds.${kind}`)} · <Moment at={acceptedAt} />
      </Text>
    </li>
  );
}
