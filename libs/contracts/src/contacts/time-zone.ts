import { z } from 'zod';

const longestName = 64;

/**
 * A time zone by its IANA name, as the runtime's zone data know it: old names (`Asia/Calcutta`), `UTC` and `Etc/GMT+3` are
 * names of that list too. Offsets like +03:00 are none, and are refused: they do not follow daylight saving.
 */
export const TimeZone = z
  .string()
  .max(longestName)
  .superRefine((text, context) => {
    if (isTimeZone(text)) return;
    const suggestion = suggestTimeZone(text);
    const message = 'is not a time zone of the IANA list, for example America/Sao_Paulo';
    context.addIssue({
      code: 'custom',
      message: suggestion === undefined ? message : `is not a time zone. Did you mean ${suggestion}?`,
      params: { code: 'invalid-time-zone' },
    });
  })
  .meta({ id: 'TimeZone', description: 'IANA time zone.', example: 'America/Sao_Paulo' });

/** Whether the runtime's zone data know the name. */
export function isTimeZone(zone: string): boolean {
  if (known.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  // Names are compared without case: each could be written in so many ways that they have to be bounded.
  if (known.size < mostKnown) known.add(zone);
  return true;
}

/** Names that were found before, since asking the runtime takes a tenth of a millisecond; more than there are zones. */
const known = new Set<string>();
const mostKnown = 1_000;

/**
 * The zone that somebody may have meant: `sao paulo`, `Brazil/São_Paulo` and `America/Sao_Paolo` are all
 * `America/Sao_Paulo`. Undefined when no name is near.
 */
export function suggestTimeZone(text: string): string | undefined {
  if (text.length > longestName) return undefined;
  const zones = Intl.supportedValuesOf('timeZone');
  const city = cityOf(text);
  return (
    zones.find((zone) => plain(zone) === plain(text)) ??
    zones.find((zone) => plain(cityOf(zone)) === plain(city)) ??
    olderOrNewerName(city) ??
    nearest(city, zones)
  );
}

/** Case, accents, spaces, hyphens and underscores are what people get wrong. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9/+]/g, '');

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1);

/** The list has one name for each zone; the others that the runtime knows (`Asia/Kolkata`) are found by their areas. */
function olderOrNewerName(city: string): string | undefined {
  const name = city
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_')
    .replace(/(^|_)[a-z]/g, (letter) => letter.toUpperCase());
  return areas.map((area) => `${area}/${name}`).find(isTimeZone);
}

const areas = ['Africa', 'America', 'Asia', 'Atlantic', 'Australia', 'Europe', 'Indian', 'Pacific'] as const;

/** At most one typing error in three letters, and two in all; the fewest first. */
function nearest(city: string, zones: readonly string[]): string | undefined {
  const wanted = plain(city);
  const most = Math.min(2, Math.floor(wanted.length / 3));
  const near = zones
    .map((zone) => ({ zone, errors: typingErrors(wanted, plain(cityOf(zone)), most) }))
    .filter(({ errors }) => errors <= most)
    .sort((one, other) => one.errors - other.errors);
  return near[0]?.zone;
}

/** Letters to add, leave out or replace (Levenshtein); names too different in length are not compared. */
function typingErrors(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [line, letter] of [...one].entries()) {
    const above = row;
    row = [line + 1];
    for (const [place, otherLetter] of [...other].entries()) {
      const replaced = (above[place] ?? 0) + (letter === otherLetter ? 0 : 1);
      row.push(Math.min(replaced, (above[place + 1] ?? 0) + 1, (row[place] ?? 0) + 1));
    }
  }
  return row[other.length] ?? Infinity;
}
