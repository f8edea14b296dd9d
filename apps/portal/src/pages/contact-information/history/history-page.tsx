import { Box } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.js';
import { PagedList } from '../../../components/paged-list.js';
import { PageHead } from '../../../components/page-head.js';
import { RouterAnchor } from '../../../components/router-link.js';
import { pages } from '../../../routes.js';
import { useAccount } from '../../../shell/use-account.js';
import { HistoryEntries } from './history-entries.js';
import { historyQuery } from './queries.js';
import { useVersionOfAddress } from './use-version-of-address.js';

/** Who changed what of the account, the newest first. */
export function HistoryPage() {
  const { t } = useTranslation('history');
  const { account } = useAccount();
  const query = useInfiniteQuery(historyQuery(account.account));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const version = useVersionOfAddress(query, entries);
  return (
    <Box maw="52rem">
      <RouterAnchor to={pages.contactInformation.path} size="sm">
        ← {t('back')}
      </RouterAnchor>
      <Box mt="sm">
        <PageHead title={t('title')} lead={t('lead')} />
      </Box>
      <PagedList query={query} count={entries.length} empty={<EmptyState title={t('none')} />}>
        <HistoryEntries entries={entries} marked={version} />
      </PagedList>
    </Box>
  );
}
