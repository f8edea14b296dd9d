import { parseAddress } from '@signalbox/contracts';

/** Whom our mails come from. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
  /** What stands after the @ of every Message-ID. */
  readonly domain: string;
}

/**
 * Reads `Signalbox <notifications@example.com>` or a plain address.
 * @returns undefined when it is neither.
 */
export function parseMailFrom(text: string): MailFrom | undefined {
  const [, name, inBrackets] = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const parsed = parseAddress(inBrackets ?? text);
  if (!parsed.ok) return undefined;
  const { address } = parsed;
  return {
    name: (name ?? '').trim().replace(/^"(.*)"$/, '$1'),
    address,
    domain: address.slice(address.lastIndexOf('@') + 1),
  };
}
