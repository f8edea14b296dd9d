import { SupportRange, weekdays, type Weekday } from '@signalbox/contracts';

const Times = SupportRange.pick({ opens: true, closes: true });

/** A time of day as people write it, 9:00, in the way it is stored, 09:00. What is none stays as it is. */
export const wallTimeOf = (text: string): string => text.trim().replace(/^(\d):/, '0$1:');

/** With its times in the way they are stored. */
export const toStored = (range: SupportRange): SupportRange => ({
  ...range,
  opens: wallTimeOf(range.opens),
  closes: wallTimeOf(range.closes),
});

/** Whether the range runs into the next day. Of times that are not written well nothing is said. */
export function isOverMidnight(range: SupportRange): boolean {
  const { opens, closes } = toStored(range);
  return Times.safeParse({ opens, closes }).success && closes <= opens;
}

/** The days without any hours. */
export const daysWithout = (hours: readonly SupportRange[]): Weekday[] =>
  weekdays.filter((day) => !hours.some(({ days }) => days.includes(day)));

/**
 * What is to be added, so that the other days get the hours of this range's days: all of them, since a day may have a break.
 * The other days are those without hours; once there are none, those that lack these hours, and what they have they keep.
 */
export function copiesOf(hours: readonly SupportRange[], place: number): SupportRange[] {
  const range = hours[place];
  if (range === undefined) return [];
  const empty = daysWithout(hours);
  const lacking = (one: SupportRange) =>
    weekdays.filter((day) => !hours.some((other) => isSameTime(other, one) && other.days.includes(day)));
  return hours
    .filter(({ days }) => isSameDays(days, range.days))
    .map((one) => ({ ...one, days: empty.length > 0 ? empty : lacking(one) }))
    .filter(({ days }) => days.length > 0);
}

const isSameDays = (one: readonly Weekday[], other: readonly Weekday[]): boolean =>
  one.length === other.length && one.every((day) => other.includes(day));

function isSameTime(one: SupportRange, other: SupportRange): boolean {
  const [a, b] = [toStored(one), toStored(other)];
  return a.opens === b.opens && a.closes === b.closes && a.timeZone === b.timeZone;
}
