import type { SupportHours } from '@signalbox/contracts';
import { openPeriods } from './open-periods.js';

const dayMs = 86_400_000;

/**
 * How far ahead is looked, nearest first, since most hours open and close within a week. The last is the end of it: hours
 * closed on as many dates as may be named (400) still have a whole year of clock changes before it.
 */
const searchDays = [7, 63, 800] as const;

/** Whether anybody is there at the instant. */
export function isOpen(hours: SupportHours, instant: Date): boolean {
  const from = instant.getTime();
  return openPeriods(hours, { from, until: from + 1 }).length > 0;
}

/** When open and closed turn next. */
export interface NextTurns {
  readonly opening: Date | null;
  readonly closing: Date | null;
}

/**
 * The next opening is the first instant after the given one at which closed turns to open; for hours that are open now that
 * is the opening after the next closing. The next closing is the first at which open turns to closed, the first instant
 * that is closed again. Both in one search, since hours that never turn are looked at to the end.
 * @returns null for what never happens: nobody is ever there, or always (within 800 days).
 */
export function nextTurns(hours: SupportHours, instant: Date): NextTurns {
  const from = instant.getTime();
  let turns: NextTurns = { opening: null, closing: null };
  for (const days of searchDays) {
    const until = from + days * dayMs;
    const periods = openPeriods(hours, { from, until });
    // At the window's own edges nothing turns; periods are only cut there.
    const first = (instants: number[]) => dateOf(instants.find((at) => at > from && at < until));
    turns = {
      opening: first(periods.map((open) => open.from)),
      closing: first(periods.map((open) => open.until)),
    };
    if (turns.opening !== null && turns.closing !== null) break;
  }
  return turns;
}

export const nextOpening = (hours: SupportHours, instant: Date): Date | null =>
  nextTurns(hours, instant).opening;
export const nextClosing = (hours: SupportHours, instant: Date): Date | null =>
  nextTurns(hours, instant).closing;

const dateOf = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));
