import type { HistoryEntry } from '@signalbox/contracts';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { mostShown } from '../../../components/paged-list.js';

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'isError' | 'fetchNextPage'>;

export const idOfVersion = (version: number): string => `version-${version}`;

/**
 * Brings the version that the address names onto the screen. The list comes after the page, and an older version only with
 * a later part of the list, so that the browser looks for it in vain.
 * @returns that version; undefined when the address names none.
 */
export function useVersionOfAddress(pages: Pages, entries: readonly HistoryEntry[]): number | undefined {
  const hash = useLocation({ select: (location) => location.hash });
  const digits = /^version-(\d{1,9})$/.exec(hash)?.[1];
  const wanted = digits === undefined ? undefined : Number(digits);
  const oldest = entries.at(-1)?.version;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = pages;
  const isFurtherDown =
    wanted !== undefined && oldest !== undefined && wanted < oldest && entries.length < mostShown;
  useEffect(() => {
    if (isFurtherDown && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [isFurtherDown, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);

  const isThere = entries.some(({ version }) => version === wanted);
  useEffect(() => {
    const entry = isThere && wanted !== undefined && document.getElementById(idOfVersion(wanted));
    if (!entry) return;
    entry.scrollIntoView();
    entry.focus({ preventScroll: true });
  }, [isThere, wanted]);
  return wanted;
}
