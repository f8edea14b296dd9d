import { erasedStores, type ErasedStore, type ErasureList, type ErasureView } from '@signalbox/contracts';
import type { ErasureDocument } from './erasure-document.js';

export interface ErasureQueries {
  find(id: string): Promise<ErasureDocument | null>;
  /** Newest first; those after `after`. */
  list(limit: number, after?: ErasureDocument): Promise<ErasureDocument[]>;
}

/** Event topics and dead letters keep 14 days; a day more until the segment with the last of it is deleted. */
const keptInKafkaMs = 15 * 24 * 60 * 60_000;

export class ReadErasures {
  constructor(private readonly erasures: ErasureQueries) {}

  async find(id: string): Promise<ErasureView | undefined> {
    const found = await this.erasures.find(id);
    return found === null ? undefined : erasureView(found);
  }

  /** @returns undefined for a cursor that this list has not given out; records are never deleted, so it knows each. */
  async list(limit: number, cursor?: string): Promise<ErasureList | undefined> {
    const after = cursor === undefined ? undefined : await this.erasures.find(cursor);
    if (after === null) return undefined;
    const found = await this.erasures.list(limit + 1, after);
    const page = found.slice(0, limit);
    return {
      items: page.map(erasureView),
      nextCursor: found.length > limit ? (page.at(-1)?._id ?? null) : null,
    };
  }
}

export function erasureView(erasure: ErasureDocument): ErasureView {
  const { _id: id, state, addressHash, askedAt, doneAt, asker, accounts, changed } = erasure;
  const counts = erasedStores.map((store) => [store, changed[store] ?? 0]);
  return {
    id,
    state,
    addressHash,
    askedAt: askedAt.toISOString(),
    by: asker.by,
    doneAt: doneAt?.toISOString() ?? null,
    accounts,
    changed: Object.fromEntries(counts) as Record<ErasedStore, number>,
    goneFromKafkaBy: new Date((doneAt ?? askedAt).getTime() + keptInKafkaMs).toISOString(),
  };
}
