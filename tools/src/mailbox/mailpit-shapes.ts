import { createHash } from 'node:crypto';
import type { Attachment } from 'postal-mime';
import type { StoredMail } from './stored-mail.js';

// The JSON of Mailpit's API v1 (https://mailpit.axllent.org/docs/api-v1/), name by name, so that a client sees no
// difference between the local mailbox and Mailpit.

export interface ListPage {
  readonly mails: readonly StoredMail[];
  readonly start: number;
  readonly limit: number;
  /** All mails of the mailbox. */
  readonly total: number;
  readonly unread: number;
}

/** The answer of `/messages` and `/search`: one page of the matching mails, newest first. */
export async function messagesSummary({ mails, start, limit, total, unread }: ListPage): Promise<unknown> {
  const messages = await Promise.all(mails.slice(start, start + limit).map(messageSummary));
  return {
    total,
    unread,
    count: messages.length,
    messages_count: mails.length,
    messages_unread: mails.filter((mail) => !mail.read).length,
    start,
    tags: [],
    messages,
  };
}

async function messageSummary(mail: StoredMail): Promise<unknown> {
  const { messageId, from, to, cc, bcc, replyTo, subject } = mail.headers;
  const { snippet, attachments } = await mail.body();
  return {
    ID: mail.id,
    MessageID: messageId,
    Read: mail.read,
    From: from,
    To: to,
    Cc: cc,
    Bcc: bcc,
    ReplyTo: replyTo,
    Subject: subject,
    Created: mail.receivedAt.toISOString(),
    Username: '',
    Tags: [],
    Size: mail.raw.length,
    Attachments: attachments,
    Snippet: snippet,
  };
}

/** The answer of `/message/{ID}`. */
export async function message(mail: StoredMail): Promise<unknown> {
  const { messageId, from, to, cc, bcc, replyTo, subject, date, all } = mail.headers;
  const { text = '', html = '', attachments } = await mail.parse();
  const parts = attachments.map((part, index) => ({
    isInline: part.related === true,
    shape: attachment(part, index),
  }));
  return {
    ID: mail.id,
    MessageID: messageId,
    From: from,
    To: to,
    Cc: cc,
    Bcc: bcc,
    ReplyTo: replyTo,
    ReturnPath: mail.envelope.from,
    Subject: subject,
    ListUnsubscribe: {
      Header: all['List-Unsubscribe']?.[0] ?? '',
      Links: [],
      Errors: '',
      HeaderPost: all['List-Unsubscribe-Post']?.[0] ?? '',
    },
    Date: instantOf(date) ?? mail.receivedAt.toISOString(),
    Tags: [],
    Username: '',
    Text: text,
    HTML: html,
    Size: mail.raw.length,
    Inline: parts.filter(({ isInline }) => isInline).map(({ shape }) => shape),
    Attachments: parts.filter(({ isInline }) => !isInline).map(({ shape }) => shape),
  };
}

function attachment(part: Attachment, index: number): unknown {
  const content = typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content);
  const hash = (algorithm: string): string => createHash(algorithm).update(content).digest('hex');
  return {
    PartID: String(index + 1),
    FileName: part.filename ?? '',
    ContentType: part.mimeType,
    ContentID: (part.contentId ?? '').replace(/^<|>$/g, ''),
    Size: content.byteLength,
    Checksums: { MD5: hash('md5'), SHA1: hash('sha1'), SHA256: hash('sha256') },
  };
}

function instantOf(date: string | undefined): string | undefined {
  const instant = new Date(date ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
