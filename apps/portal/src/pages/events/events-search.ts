import { DispatchState, EventKind } from '@signalbox/contracts';
import { z } from 'zod';

/** A day that an event can be of. The years are those of people who type one, so that the first digit is no year yet. */
export const Day = z.iso.date().refine((day) => day >= '2000' && day < '2100');

/** The filters of the list, as its address holds them. What is none is as if it were not there. */
export const EventsSearch = z.object({
  kind: EventKind.optional().catch(undefined),
  state: DispatchState.optional().catch(undefined),
  /** Days of the reader's calendar, both inclusive. */
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
});
export type EventsSearch = z.infer<typeof EventsSearch>;

/** Several senders may use one id; with the source it names one event. */
export const EventSearch = z.object({ source: z.string().optional().catch(undefined) });

/**
 * The span of time that the days are, in the reader's zone.
 * @returns the first instant, and the one right after the last.
 */
export function spanOf({ from, to }: Pick<EventsSearch, 'from' | 'to'>): { from?: string; to?: string } {
  return {
    ...(from !== undefined && { from: startOf(from, 0) }),
    ...(to !== undefined && { to: startOf(to, 1) }),
  };
}

/** By the calendar, since a day may have 23 or 25 hours. */
function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
