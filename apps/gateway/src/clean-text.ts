/** Control characters, line separators, what turns the direction of a text around, and halves of a character. */
const unseen = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]+/gu;
/** The same without tab and line feed, which a longer text may hold. */
const unseenInText = /[^\P{Cc}\t\n]|[\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** One line, at most `most` UTF-16 units long; never half a character at its end. */
export function cleanLine(text: string, most: number): string {
  return cut(text.replace(unseen, ' ').replace(/ {2,}/g, ' ').trim(), most);
}

/** Several lines. */
export function cleanText(text: string, most: number): string {
  return cut(text.replace(/\r\n?/g, '\n').replace(unseenInText, ' ').trim(), most);
}

/** Halves without their other half are gone by now, so a first half at the end is one whose second would be cut off. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = most - 1; // For the ellipsis.
  const isPair = /[\ud800-\udbff]/.test(text.charAt(room - 1));
  return `${text.slice(0, isPair ? room - 1 : room).trimEnd()}…`;
}
