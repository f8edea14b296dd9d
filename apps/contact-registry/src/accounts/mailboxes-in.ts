import { domainsAt, mailboxOf, wholeAddress } from '@signalbox/contracts';

const written = /[^\s<>()",;:@]+@[^\s<>()"',;:/@]+/gu;

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
  return (text.match(written) ?? []).flatMap(readings);
}

function readings(address: string): string[] {
  const at = address.lastIndexOf('@');
  const localPart = address.slice(0, at);
  const localParts = [localPart, localPart.replace(/^.*[^\w.+-]/u, '')].filter((each) => each !== '');
  return domainsAt(address.slice(at + 1)).flatMap(({ domain }) =>
    localParts.map((each) => mailboxOf(`${each}@${domain}`)),
  );
}

interface HeldText {
  readonly text: string;
  /** The name of the member that it stands in; of a list's items, the list's. */
  readonly holder: string | undefined;
}

function textsIn(value: unknown, holder?: string): HeldText[] {
  if (typeof value === 'string') return value.includes('@') ? [{ text: value, holder }] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, holder));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, name));
}
