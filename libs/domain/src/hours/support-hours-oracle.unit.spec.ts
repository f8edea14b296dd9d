import type { SupportHours, SupportRange } from '@signalbox/contracts';
import { openMinutes, turnsOf, wallClockOf, type WallClock } from './hours-oracle.spec.js';
import { isOpen, nextClosing, nextOpening } from './index.js';

// Two years of every schedule in every zone, against an oracle that reads the wall clock of every minute.

const minuteMs = 60_000;
const minutes = 2 * 366 * 1440;

/** A zone, and the years in which it is interesting. */
const zones: readonly (readonly [string, string, string])[] = [
  ['Asia/Kolkata', '2025', 'half an hour off, no changes'],
  ['Asia/Kathmandu', '2025', 'three quarters of an hour off'],
  ['Australia/Lord_Howe', '2025', 'clocks change by half an hour'],
  ['Pacific/Chatham', '2025', 'three quarters of an hour off, and changes'],
  ['America/Sao_Paulo', '2018', 'changes at midnight, and gave them up in 2019'],
  ['Asia/Pyongyang', '2017', 'half an hour forward for good in 2018'],
  ['Africa/Casablanca', '2025', 'back for a month a year'],
  ['Pacific/Apia', '2011', 'left a whole day out'],
];

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies SupportRange['days'];
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const satisfies SupportRange['days'];

const range = (
  days: readonly SupportRange['days'][number][],
  opens: string,
  closes: string,
  timeZone: string,
): SupportRange => ({ days: [...days], opens, closes, timeZone });

/** @param year closed dates are of the years that are looked at. */
const schedules: Record<string, (zone: string, year: number) => SupportHours> = {
  'office hours': (zone) => ({ hours: [range(workdays, '09:00', '17:00', zone)] }),
  'ranges that overlap, touch and leave a break': (zone, year) => ({
    hours: [
      range(workdays, '08:15', '11:00', zone),
      range(['mon', 'wed'], '10:30', '12:00', zone),
      range(workdays, '12:00', '12:30', zone),
      range(everyDay, '13:05', '21:59', zone),
    ],
    closedDates: [`${year}-12-24`, `${year}-12-25`, `${year + 1}-01-01`],
  }),
  'nights, closed on dates on which they begin': (zone, year) => ({
    hours: [range(['fri', 'sat'], '22:00', '06:00', zone), range(['sun'], '23:30', '02:30', zone)],
    closedDates: Array.from({ length: 90 }, (_, day) => isoDate(Date.UTC(year, 1, 1 + 5 * day))),
  }),
  'short ranges where clocks change': (zone) => ({
    hours: [
      range(everyDay, '01:15', '01:45', zone),
      range(everyDay, '02:05', '02:25', zone),
      range(everyDay, '23:45', '00:20', zone),
    ],
  }),
  'all day, but for closed dates': (zone, year) => ({
    hours: [range(everyDay, '00:00', '24:00', zone)],
    closedDates: Array.from({ length: 300 }, (_, day) => isoDate(Date.UTC(year, 2, 1 + 2 * day))),
  }),
  'from nine to nine, every other day': (zone) => ({
    hours: [range(['mon', 'wed', 'fri'], '09:00', '09:00', zone)],
  }),
  'three zones that hand over': (zone, year) => ({
    hours: [
      range(workdays, '09:00', '17:30', zone),
      range(workdays, '09:00', '17:30', 'Asia/Kathmandu'),
      range(workdays, '08:00', '18:00', 'America/New_York'),
    ],
    closedDates: [`${year}-07-04`],
  }),
};

const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const clocks = new Map<string, WallClock>();
function clockOf(zone: string, beginMs: number): WallClock {
  const key = `${zone} ${beginMs}`;
  const clock = clocks.get(key) ?? wallClockOf(zone, beginMs, minutes);
  clocks.set(key, clock);
  return clock;
}
afterAll(() => clocks.clear());

/** Every turn after the beginning that the function finds, one from the other, in minutes. */
function walk(next: typeof nextOpening, hours: SupportHours, beginMs: number): number[] {
  const found: number[] = [];
  const endMs = beginMs + minutes * minuteMs;
  for (let at = next(hours, new Date(beginMs)); at && at.getTime() < endMs; at = next(hours, at)) {
    found.push((at.getTime() - beginMs) / minuteMs);
  }
  return found;
}

describe.each(zones)('two years in %s from %s on (%s)', (zone, year) => {
  const beginMs = Date.parse(`${year}-01-01T00:00:00Z`);
  const at = (minute: number) => new Date(beginMs + minute * minuteMs);

  it.each(Object.entries(schedules))('%s are what the clock on the wall says', (_, scheduleOf) => {
    const hours = scheduleOf(zone, Number(year));
    const open = openMinutes(hours, (name) => clockOf(name, beginMs));
    const { openings, closings } = turnsOf(open);
    expect(openings.length).toBeGreaterThan(100);
    expect(walk(nextOpening, hours, beginMs)).toEqual(openings);
    expect(walk(nextClosing, hours, beginMs)).toEqual(closings);

    const last = Math.min(openings.at(-1) ?? 0, closings.at(-1) ?? 0);
    // A prime step, so that every time of day and day of the week comes about.
    const between = Array.from({ length: Math.floor(last / 17_203) }, (_, step) => step * 17_203);
    const around = openings.slice(0, 40).flatMap((turn) => [turn - 1, turn, turn + 1]);
    for (const minute of [...between, ...around].filter((each) => each < last)) {
      const isAfter = (turn: number) => turn > minute;
      const answer = [
        isOpen(hours, at(minute)),
        nextOpening(hours, at(minute))?.getTime(),
        nextClosing(hours, at(minute))?.getTime(),
      ];
      const expected = [
        open[minute] === 1,
        at(openings.find(isAfter) ?? NaN).getTime(),
        at(closings.find(isAfter) ?? NaN).getTime(),
      ];
      if (String(answer) !== String(expected)) expect([minute, ...answer]).toEqual([minute, ...expected]);
    }
  });
});
