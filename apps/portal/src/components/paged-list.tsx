import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.js';

/** More than this nobody reads, and no page should hold. */
export const mostShown = 500;

interface PagedListProps {
  readonly query: Pick<
    UseInfiniteQueryResult,
    | 'data'
    | 'error'
    | 'isError'
    | 'refetch'
    | 'hasNextPage'
    | 'fetchNextPage'
    | 'isFetchingNextPage'
    | 'isPlaceholderData'
  >;
  /** How many are shown. */
  readonly count: number;
  /** What stands in the place of no rows. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A list with every state that it can be in: loading, failed, empty, more to come, and too many. */
export function PagedList({ query, count, empty, children }: PagedListProps) {
  const { t } = useTranslation();
  const [hasAskedForMore, setHasAsked] = useState(false);
  const more = () => {
    setHasAsked(true);
    void query.fetchNextPage();
  };
  if (query.data === undefined) {
    return query.isError ? (
      <ProblemAlert error={query.error} onTryAgain={() => void query.refetch()} />
    ) : (
      <Stack role="status" aria-label={t('loading')}>
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} h={64} radius="md" />
        ))}
      </Stack>
    );
  }
  if (count === 0) return empty;
  return (
    <Stack aria-busy={query.isPlaceholderData} style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
      {children}
      {query.isError && <ProblemAlert error={query.error} onTryAgain={() => void query.refetch()} />}
      {!query.hasNextPage && hasAskedForMore && <AllShown count={count} />}
      {query.hasNextPage && (
        <Group justify="center" mt="xs">
          <Text size="sm" c="dimmed" role="status">
            {t(count < mostShown ? 'list.shown' : 'list.tooMany', { count })}
          </Text>
          {count < mostShown && (
            <Button variant="default" size="sm" loading={query.isFetchingNextPage} onClick={more}>
              {t('list.more')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

/** In the place of the button that was pressed for more, which had the focus. */
function AllShown({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) text.current?.focus();
  }, []);
  return (
    <Text size="sm" c="dimmed" ta="center" role="status" ref={text} tabIndex={-1} style={{ outline: 'none' }}>
      {t('list.all', { count })}
    </Text>
  );
}
