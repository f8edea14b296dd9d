// What all mails do with texts from outside before they stand in a line of theirs.

/** A sentence of a language file; what is put in is escaped by the layout, once. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Instants are shown in UTC, since readers of one mail sit in many zones. */
export const instantText = (instant: Date): string =>
  `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Control and direction characters can forge lines and headers, or show a text backwards. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ').trim();
export const manyLines = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();

/** Cuts between words where a word's end is near, never within a character. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const kept = characters.slice(0, most - 1).join('');
  const lastSpace = kept.lastIndexOf(' ');
  return `${(lastSpace > most / 2 ? kept.slice(0, lastSpace) : kept).trimEnd()}…`;
}
