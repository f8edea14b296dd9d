import { mailboxOf, parseAddress } from '@signalbox/contracts';

const written = /[^\s<>()",;:@]+@[^\s<>()"',;:/@]+/gu;

/**
 * Every mailbox that stands in a value, as a whole or inside a text, each once. Of `'ana@acme.example` in a text nobody
 * can tell whether the quote is a part of it, and so both are there.
 */
export function mailboxesIn(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap(mailboxesOfText))];
}

function mailboxesOfText(text: string): string[] {
  const whole = text.includes('@') ? parseAddress(text) : undefined;
  if (whole?.ok) return [mailboxOf(whole.address)];
  return (text.match(written) ?? []).flatMap(readings);
}

function readings(address: string): string[] {
  const mailbox = mailboxOf(address).replace(/\.+$/, '');
  return [mailbox, mailbox.replace(/^.*[^\w.+@-]/u, '')].filter((each) => !each.startsWith('@'));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
