import { ProblemError } from '@signalbox/runtime';

/** Where something stands in a list by time, the newest first. */
export interface ListPlace {
  readonly at: Date;
  readonly id: string;
}

/** Opaque to callers: the place of the last one of a page. */
const writeCursor = ({ at, id }: ListPlace): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/**
 * One page of a list and where the next one begins, out of one more than a page, which says whether there is a next one.
 * @param placeOf where an item stands.
 */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  placeOf: (item: T) => ListPlace,
): { readonly page: readonly T[]; readonly nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    nextCursor: found.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null,
  };
}

/** @throws ProblemError `invalid-request` for one that was never given out. */
export function readCursor(cursor: string | undefined): ListPlace | undefined {
  if (cursor === undefined) return undefined;
  const [written = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const at = new Date(written);
  if (Number.isNaN(at.getTime()) || id === '') {
    throw new ProblemError('invalid-request', 'The cursor is not one that this list has given out.');
  }
  return { at, id };
}
