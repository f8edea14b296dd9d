import type { InputErrorCode } from '@signalbox/contracts';

/** What is said in this form in place of the sentence for a code that would leave somebody asking how: by code and place. */
const rows = [
  { code: 'too-short', at: /\.days$/, own: 'noDay' },
  { code: 'invalid-format', at: /\.(?:opens|closes)$/, own: 'noTime' },
  { code: 'invalid-value', at: /\.(?:opens|closes)$/, own: 'noTime' },
  { code: 'too-many', at: /^\w+\.(?:addresses|userIds)\b/, own: 'tooMany' },
] as const satisfies readonly { code: InputErrorCode; at: RegExp; own: string }[];

type OwnErrorCode = (typeof rows)[number]['own'];
export type FormErrorCode = InputErrorCode | OwnErrorCode;

/** The code by which the form says what is wrong at one of its places. */
export const formErrorCode = (code: InputErrorCode, place: string): FormErrorCode =>
  rows.find((row) => row.code === code && row.at.test(place))?.own ?? code;

export const isOwnErrorCode = (code: unknown): code is OwnErrorCode => rows.some(({ own }) => own === code);
