import { weekdays, type SupportRange, type Weekday } from '@signalbox/contracts';

/** Short, in this language; the first of January 2024 was a Monday. */
export const weekdayName = (language: string, day: Weekday): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + weekdays.indexOf(day)),
  );

/** The days and hours of a range, without the zone whose clock they are on. */
export const rangeText = (language: string, { days, opens, closes }: SupportRange): string =>
  `${days.map((day) => weekdayName(language, day)).join(', ')} ${opens}–${closes}`;
