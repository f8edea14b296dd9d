import { Stack } from '@mantine/core';
import type { Environment } from '@signalbox/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.js';
import { PagedList } from '../../components/paged-list.js';
import { PageHead } from '../../components/page-head.js';
import { RouterAnchor } from '../../components/router-link.js';
import { useAccount } from '../../shell/use-account.js';
import { EventFiltersForm } from './event-filters-form.js';
import { EventRows } from './event-rows.js';
import { spanOf } from './events-search.js';
import { eventsQuery } from './queries.js';

const route = getRouteApi('/signed-in/events');

/** What happened to the integration of this account, the newest first. */
export function EventsPage() {
  const { t } = useTranslation('events');
  const { account, environment } = useAccount();
  const { kind, state, from, to } = route.useSearch();
  const filters = { kind, state, ...spanOf({ from, to }) };
  const query = useInfiniteQuery(eventsQuery(account.account, environment, filters));
  const events = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const other: Environment = environment === 'production' ? 'sandbox' : 'production';
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Stack gap="lg" maw="60rem">
        <EventFiltersForm filters={{ kind, state, from, to }} />
        <PagedList
          query={query}
          count={events.length}
          empty={
            <EmptyState
              title={t(isFiltered ? 'list.noMatch' : 'list.none')}
              text={t(isFiltered ? 'list.noMatchText' : 'list.noneText')}
            >
              <RouterAnchor to="." search={(now: object) => ({ ...now, environment: other })}>
                {t(`list.lookInto.${other}`)}
              </RouterAnchor>
            </EmptyState>
          }
        >
          <EventRows events={events} label={t('list.label')} />
        </PagedList>
      </Stack>
    </>
  );
}
