import type { Alarm, AlarmList, AlarmListQuery, Dispatch } from '@signalbox/contracts';
import { toSummary } from './explain-event.js';
import { pageOf, readCursor, type ListPlace } from './list-cursor.js';

export interface ListAlarmsParts {
  readonly alarms: {
    list(query: Omit<AlarmListQuery, 'cursor'>, after: ListPlace | undefined): Promise<readonly Alarm[]>;
  };
  readonly dispatches: { findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>> };
}

/** What the operators were alarmed about, with the events as they stand now. */
export class ListAlarms {
  constructor(private readonly parts: ListAlarmsParts) {}

  async execute({ cursor, ...query }: AlarmListQuery): Promise<AlarmList> {
    const found = await this.parts.alarms.list({ ...query, limit: query.limit + 1 }, readCursor(cursor));
    const { page, nextCursor } = pageOf(found, query.limit, ({ at, _id: id }) => ({ at, id }));
    const events = await this.parts.dispatches.findMany(page.map(({ dispatch }) => dispatch));
    return {
      items: page.flatMap(({ alarm, step, at, mail, dispatch }) => {
        const of = events.get(dispatch);
        return of ? [{ alarm, step, at: at.toISOString(), mail, event: toSummary(of) }] : [];
      }),
      nextCursor,
    };
  }
}
