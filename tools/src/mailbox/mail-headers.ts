import { addressParser, decodeWords } from 'postal-mime';

/** Mailpit's shape of an address. */
export interface MailAddress {
  readonly Name: string;
  readonly Address: string;
}

/** What lists and searches need of a mail; read without parsing its body. */
export interface MailHeaders {
  readonly messageId: string;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  readonly date: string | undefined;
  /** Every header, its name in canonical case, its values in the order of the mail. */
  readonly all: Readonly<Record<string, readonly string[]>>;
}

/** Reads the header section of a raw mail (RFC 5322 section 2.2), folded lines joined. */
export function readMailHeaders(raw: Buffer): MailHeaders {
  const all: Record<string, string[]> = {};
  for (const line of headerSection(raw)
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    (all[canonicalName(line.slice(0, colon))] ??= []).push(line.slice(colon + 1).trim());
  }
  const first = (name: string): string => all[name]?.[0] ?? '';
  return {
    messageId: first('Message-Id').replace(/^<|>$/g, ''),
    from: addressesIn(first('From'))[0] ?? { Name: '', Address: '' },
    to: addressesIn(first('To')),
    cc: addressesIn(first('Cc')),
    bcc: addressesIn(first('Bcc')),
    replyTo: addressesIn(first('Reply-To')),
    subject: decodeWords(first('Subject')),
    date: first('Date') || undefined,
    all,
  };
}

function headerSection(raw: Buffer): string {
  const crlf = raw.indexOf('\r\n\r\n');
  const end = crlf >= 0 ? crlf : raw.indexOf('\n\n');
  return raw.toString('utf8', 0, end < 0 ? raw.length : end);
}

/** Go's canonical form, which Mailpit's answers use: `x-signalbox-event` becomes `X-Signalbox-Event`. */
const canonicalName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

function addressesIn(header: string): MailAddress[] {
  return addressParser(header, { flatten: true }).flatMap(({ name, address }) =>
    address === undefined || address === '' ? [] : [{ Name: decodeWords(name), Address: address }],
  );
}
