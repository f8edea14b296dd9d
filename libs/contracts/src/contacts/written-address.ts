// How a mail address may stand in a text that somebody wrote, up to its domain. All are sources of patterns, to be used with
// the flags i and u.

/** The sign of an address: as it is, of an East Asian keyboard, percent-encoded as in a link, or escaped as in quoted JSON. */
export const atSign = String.raw`(?:[@\uff20\ufe6b]|%40|%EF%BC%A0|%EF%B9%AB|\\u0040|\\uff20|\\ufe6b)`;
const hasAtSign = new RegExp(atSign, 'iu');

/** Whether an address may stand in a text. Most have none, and are not searched any further. */
export const mayHoldAddress = (text: string): boolean => hasAtSign.test(text);

const wideWord = String.raw`\uff10-\uff19\uff21-\uff3a\uff3f\uff41-\uff5a`;
/** What a local part goes on with. A full-width full stop may end a sentence as well: a word before it tells. */
const goesOnBefore = String.raw`[\w.+${wideWord}\uff0b\uff0d-]|[\w${wideWord}]\uff0e`;

/**
 * Where an address begins: after what no local part goes on with, after a percent-encoded character, after an escape inside
 * quoted JSON, or after the underscores with which a word is set in italics or bold.
 */
export const addressBegins = String.raw`(?:(?<!${goesOnBefore})|(?<=%[0-9a-f]{2})|(?<=\\[bfnrt])|(?<=(?<![\w.+-])__?))`;

/** A local part: as it is, in full-width letters, or percent-encoded. */
export const writtenLocalPart = (localPart: string): string =>
  `(?:${[...localPart].map(inEitherWidth).join('')}|${escaped(encodeURIComponent(localPart))})`;

/** Local parts are ASCII, and each printable character of it has its full-width one at the same distance. */
const inEitherWidth = (character: string): string =>
  `(?:${escaped(character)}|${String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0)})`;

// No hyphen: outside a class it stands for itself, and to escape it there is an error in a pattern with the flag u.
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
