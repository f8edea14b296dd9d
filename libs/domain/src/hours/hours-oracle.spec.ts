import { weekdays, type SupportHours } from '@signalbox/contracts';

// What support hours are, minute by minute, in the plainest way there is: read the wall clock, look into the ranges. It
// knows nothing of periods, offsets or changes of clocks, and shares no code with what it checks. The name ends in .spec.ts
// so that it is no part of the build.

// A global is slow to look up where Jest runs a spec, a million times over.
const { floor } = Math;
const minuteMs = 60_000;
const minutesADay = 1440;

/** Minutes since 1970-01-01T00:00 as the wall clock of a zone shows them, for each minute of a stretch of time. */
export type WallClock = Int32Array;

/** Asks Intl once an hour, and for every minute of an hour in which the clocks changed. */
export function wallClockOf(zone: string, beginMs: number, minutes: number): WallClock {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric' },
  });
  const read = (minute: number): number => {
    const parts = format.formatToParts(beginMs + minute * minuteMs);
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / minuteMs;
  };
  const clock = new Int32Array(minutes);
  for (let hour = 0; hour < minutes; hour += 60) {
    const shown = read(hour);
    const isSteady = read(hour + 60) === shown + 60;
    for (let minute = 0; minute < 60; minute += 1) {
      clock[hour + minute] = isSteady ? shown + minute : read(hour + minute);
    }
  }
  return clock;
}

/** Whether the hours are open, for each minute: 1 or 0. @param clockOf the wall clocks of the zones in the hours. */
export function openMinutes(hours: SupportHours, clockOf: (zone: string) => WallClock): Uint8Array {
  const closed = new Set(hours.closedDates?.map((date) => Date.parse(date) / minuteMs / minutesADay));
  const minutes = clockOf(hours.hours[0]?.timeZone ?? 'UTC').length;
  const open = new Uint8Array(minutes);
  for (const { days, opens, closes, timeZone } of hours.hours) {
    const clock = clockOf(timeZone);
    const [first, last] = [timeOf(opens), timeOf(closes)];
    const isOverMidnight = last <= first;
    const begins = weekdays.map((day) => days.includes(day));
    // 1970-01-01 was a Thursday, the fourth day of the week.
    const beginsOn = (day: number) => begins[(day + 3) % 7] === true && !closed.has(day);
    for (let minute = 0; minute < minutes; minute += 1) {
      const shown = clock[minute] ?? 0;
      const day = floor(shown / minutesADay);
      const time = shown - day * minutesADay;
      const isInToday = time >= first && (isOverMidnight || time < last) && beginsOn(day);
      if (isInToday || (isOverMidnight && time < last && beginsOn(day - 1))) open[minute] = 1;
    }
  }
  return open;
}

/** The minutes at which closed turns to open, and open to closed. */
export function turnsOf(open: Uint8Array): { openings: number[]; closings: number[] } {
  const turns = { openings: [] as number[], closings: [] as number[] };
  for (let minute = 1; minute < open.length; minute += 1) {
    if (open[minute] === open[minute - 1]) continue;
    (open[minute] === 1 ? turns.openings : turns.closings).push(minute);
  }
  return turns;
}

function timeOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
