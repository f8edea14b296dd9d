/** @param index 0 is Monday, as the first of January 2024 was. */
export const weekdayName = (language: string, index: number): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + index),
  );
