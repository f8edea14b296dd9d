import type { Alarm, AlarmList, AlarmListQuery, Dispatch } from '@signalbox/contracts';
import { toSummary } from './explain-event.js';
import { readCursor, writeCursor, type ListPlace } from './list-cursor.js';

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
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const events = await this.parts.dispatches.findMany(page.map(({ dispatch }) => dispatch));
    return {
      items: page.flatMap(({ alarm, step, at, mail, dispatch }) => {
        const of = events.get(dispatch);
        return of ? [{ alarm, step, at: at.toISOString(), mail, event: toSummary(of) }] : [];
      }),
      nextCursor: found.length > query.limit && last ? writeCursor({ at: last.at, id: last._id }) : null,
    };
  }
}
