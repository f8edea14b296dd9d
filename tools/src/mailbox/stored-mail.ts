import { randomBytes } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { readMailHeaders, type MailAddress, type MailHeaders } from './mail-headers.js';

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * One mail as it came. Nothing is read on arrival, so that accepting stays cheap; headers and body are read once,
 * when somebody first asks, and kept: a search among thousands parses nothing twice.
 */
export class StoredMail {
  readonly id = randomBytes(11).toString('hex');
  read = false;
  #headers: MailHeaders | undefined;
  #body: Promise<MailBody> | undefined;
  #searchText: string | undefined;

  constructor(
    readonly raw: Buffer,
    readonly envelope: Envelope,
    readonly receivedAt: Date,
  ) {}

  get headers(): MailHeaders {
    return (this.#headers ??= withEnvelope(readMailHeaders(this.raw), this.envelope));
  }

  /** What is short of the body: kept for every mail that was ever listed. */
  body(): Promise<MailBody> {
    return (this.#body ??= this.parse().then(toBody));
  }

  /** Everything a free word is looked for in, in lower case. */
  async searchText(): Promise<string> {
    if (this.#searchText === undefined) {
      const { from, to, cc, bcc, replyTo, subject, messageId } = this.headers;
      const people = [from, ...to, ...cc, ...bcc, ...replyTo].flatMap(({ Name, Address }) => [Name, Address]);
      const { text = '', html = '' } = await this.parse();
      this.#searchText = [...people, subject, messageId, text, withoutTags(html)].join(' ').toLowerCase();
    }
    return this.#searchText;
  }

  /** The whole mail; a mail that is no MIME is shown as text. */
  async parse(): Promise<Email> {
    try {
      return await PostalMime.parse(this.raw);
    } catch {
      return { headers: [], headerLines: [], attachments: [], text: this.raw.toString('utf8') };
    }
  }
}

export interface MailBody {
  readonly snippet: string;
  readonly attachments: number;
}

function toBody(email: Email): MailBody {
  const text = email.text ?? withoutTags(email.html ?? '');
  return { snippet: text.replace(/\s+/g, ' ').trim().slice(0, 250), attachments: email.attachments.length };
}

const withoutTags = (html: string): string =>
  html.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');

/** Recipients that stand in the envelope alone are blind copies, as Mailpit shows them. */
function withEnvelope(headers: MailHeaders, envelope: Envelope): MailHeaders {
  const named = new Set(
    [...headers.to, ...headers.cc, ...headers.bcc].map(({ Address }) => Address.toLowerCase()),
  );
  const blind: MailAddress[] = envelope.to
    .filter((address) => !named.has(address.toLowerCase()))
    .map((address) => ({ Name: '', Address: address }));
  return blind.length === 0 ? headers : { ...headers, bcc: [...headers.bcc, ...blind] };
}
