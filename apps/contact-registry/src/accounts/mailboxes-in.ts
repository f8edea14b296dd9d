import {
  addressBegins,
  atSign,
  domainsAt,
  mailboxOf,
  mayHoldAddress,
  wholeAddress,
} from '@signalbox/contracts';

const begins = new RegExp(addressBegins, 'giu');
const signs = new RegExp(atSign, 'giu');
/** What no local part that is written in a text goes beyond, to the left. */
const before = /[^\s<>()",;:@]*$/u;

/**
 * Every mailbox that stands in a value, as a whole or inside a text, each once. Of `'ana@acme.example` in a text nobody
 * can tell whether the quote is a part of it, and so both are there. Domains are there as A-labels, as addresses have them.
 */
export function mailboxesIn(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap(mailboxesOfText))];
}

function mailboxesOfText({ text, holder }: HeldText): string[] {
  const whole = wholeAddress(text, holder);
  if (whole !== undefined) return [mailboxOf(whole)];
  const beginnings = [...text.matchAll(begins)].map(({ index }) => index);
  return [...text.matchAll(signs)].flatMap(({ index, 0: { length } }) => {
    const domains = domainsAt(text.slice(index + length));
    return domains.length === 0
      ? []
      : localPartsOf(text.slice(0, index), beginnings).flatMap((localPart) =>
          domains.map(({ domain }) => mailboxOf(`${localPart}@${domain}`)),
        );
  });
}

/** Every local part that a text may end with, by where `withoutAddress` lets one begin; as it is, out of a link, in ASCII. */
function localPartsOf(text: string, beginnings: readonly number[]): string[] {
  const [run = ''] = before.exec(text) ?? [];
  const start = text.length - run.length;
  const begun = beginnings.filter((index) => index >= start).map((index) => text.slice(index));
  const written = [run, ...begun].flatMap((each) =>
    [each, decoded(each)].map((one) => one.normalize('NFKC')),
  );
  return [...new Set(written)].filter((each) => each !== '');
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

interface HeldText {
  readonly text: string;
  /** The name of the member that it stands in; of a list's items, the list's. */
  readonly holder: string | undefined;
}

function textsIn(value: unknown, holder?: string): HeldText[] {
  if (typeof value === 'string') return mayHoldAddress(value) ? [{ text: value, holder }] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, holder));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, name));
}
