import type { SupportHours } from '@signalbox/contracts';
import { openPeriods, type Period } from './open-periods.js';

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

/**
 * The first instant after the given one at which closed turns to open; for hours that are open now that is the opening
 * after the next closing.
 * @returns null when that never happens: nobody is ever there, or always (within 800 days).
 */
export const nextOpening = (hours: SupportHours, instant: Date): Date | null =>
  nextTurn(hours, instant, ({ from }) => from);

/**
 * The first instant after the given one at which open turns to closed: the first that is closed again. For hours that are
 * closed now that is the end of the next opening.
 * @returns null when that never happens: nobody is ever there, or always (within 800 days).
 */
export const nextClosing = (hours: SupportHours, instant: Date): Date | null =>
  nextTurn(hours, instant, ({ until }) => until);

function nextTurn(hours: SupportHours, instant: Date, turnOf: (open: Period) => number): Date | null {
  const from = instant.getTime();
  for (const days of searchDays) {
    const until = from + days * dayMs;
    // At the window's own edges nothing turns; periods are only cut there.
    const turn = openPeriods(hours, { from, until })
      .map(turnOf)
      .find((at) => at > from && at < until);
    if (turn !== undefined) return new Date(turn);
  }
  return null;
}
