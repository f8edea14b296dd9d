import { IANAZone } from 'luxon';
import { weekdays, type SupportHours, type SupportRange, type Weekday } from '@signalbox/contracts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const lookEveryMs = 5 * dayMs;

/** A stretch of time in milliseconds since the epoch; `until` is no part of it. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** A stretch in which a zone keeps one distance from UTC. */
interface OffsetSpan extends Period {
  readonly offsetMs: number;
}

/**
 * When the hours are open within a window, in order. Ranges that overlap or touch, in whatever zones, are one period.
 *
 * The rule is the clock on the wall: a range is open at every instant at which the clock of its zone shows a time of the
 * range. So when clocks go forward the times that are left out are never open, and a range that begins among them opens at
 * the jump; when they go back the times that come twice are open twice. It is the rule that anybody can check with a clock,
 * and no time of day is promised in one hour and refused in the next.
 *
 * A range belongs to the date on which it begins, in its own zone: a closed date takes away what begins on it, with its
 * part after midnight, and leaves the rest of a night that began the day before.
 */
export function openPeriods(hours: SupportHours, window: Period): Period[] {
  const closedDays = new Set(hours.closedDates?.map((date) => Date.parse(date) / dayMs));
  const zones = new Set(hours.hours.map(({ timeZone }) => timeZone));
  return merged(
    [...zones].flatMap((zone) => {
      const spans = offsetSpans(zone, window);
      const week = weekOf(hours.hours.filter(({ timeZone }) => timeZone === zone));
      return wallPeriods(week, window, closedDays).flatMap((wall) => instantsOf(wall, spans));
    }),
  );
}

/** In milliseconds since the midnight that a day begins with. */
type Week = Readonly<Record<Weekday, readonly Period[]>>;

/** What begins on each day, once for all the weeks that are looked at. */
function weekOf(ranges: readonly SupportRange[]): Week {
  const beginningOn = (day: Weekday) => ranges.filter(({ days }) => days.includes(day)).map(timesOf);
  return Object.fromEntries(weekdays.map((day) => [day, merged(beginningOn(day))])) as Record<
    Weekday,
    Period[]
  >;
}

function timesOf({ opens, closes }: SupportRange): Period {
  return { from: timeOfDayMs(opens), until: timeOfDayMs(closes) + (closes <= opens ? dayMs : 0) };
}

/** The week on each of the days around the window, as its own zone's clock would show it: wall times, read as if UTC. */
function wallPeriods(week: Week, { from, until }: Period, closedDays: ReadonlySet<number>): Period[] {
  const periods: Period[] = [];
  // A wall clock is less than a day away from UTC, and a range ends less than two days after its day began.
  for (let day = Math.floor(from / dayMs) - 3; day <= Math.floor(until / dayMs) + 1; day += 1) {
    if (closedDays.has(day)) continue;
    const midnight = day * dayMs;
    for (const times of week[weekdayOf(day)])
      periods.push({ from: midnight + times.from, until: midnight + times.until });
  }
  return periods;
}

/** The instants at which the wall clock shows a time of the period: one stretch, or several around a change of clocks. */
function instantsOf(wall: Period, spans: readonly OffsetSpan[]): Period[] {
  return spans
    .map(({ from, until, offsetMs }) => ({
      from: Math.max(from, wall.from - offsetMs),
      until: Math.min(until, wall.until - offsetMs),
    }))
    .filter(({ from, until }) => from < until);
}

/** Looks every five days: since 1970 no zone has changed its clocks twice within a week. An unknown zone has no spans. */
function offsetSpans(name: string, { from, until }: Period): OffsetSpan[] {
  const zone = IANAZone.create(name);
  if (!zone.isValid) return [];
  const spans: OffsetSpan[] = [];
  let current = { from, offsetMs: zone.offset(from) * minuteMs };
  for (let at = from; at < until; at += lookEveryMs) {
    const next = Math.min(at + lookEveryMs, until);
    const offsetMs = zone.offset(next) * minuteMs;
    if (offsetMs === current.offsetMs) continue;
    const change = changeOfClocks(zone, at, next);
    spans.push({ ...current, until: change });
    current = { from: change, offsetMs };
  }
  return [...spans, { ...current, until }];
}

/** The first millisecond after `before` at which the zone has the offset that it has at `after`. */
function changeOfClocks(zone: IANAZone, before: number, after: number): number {
  const offset = zone.offset(after);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function merged(periods: readonly Period[]): Period[] {
  const union: Period[] = [];
  for (const period of [...periods].sort((one, other) => one.from - other.from)) {
    const last = union.at(-1);
    if (last === undefined || period.from > last.until) union.push(period);
    else union[union.length - 1] = { from: last.from, until: Math.max(last.until, period.until) };
  }
  return union;
}

/** @param day days since 1970-01-01, which was a Thursday. */
const weekdayOf = (day: number) => weekdays[(((day + 3) % 7) + 7) % 7] ?? 'mon';

/** `24:00` is the end of the day. */
function timeOfDayMs(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (hour * 60 + minute) * minuteMs;
}
