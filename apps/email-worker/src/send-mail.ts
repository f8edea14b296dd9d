import { Readable } from 'node:stream';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { mailLanes, queueOfLane, queues, type Category, type MailLane } from '@signalbox/contracts';
import {
  classifySmtp,
  maskReply,
  type SmtpClassification,
  type SmtpEnd,
  type SmtpStage,
} from '@signalbox/domain';
import type { MailFrom } from './mail-from.js';
import type { RenderedEmail } from '@signalbox/mails';
import { smtpStageOf, type SmtpError } from './smtp-stage.js';

/** One mail to one address. */
export interface OutgoingMail extends RenderedEmail {
  readonly lane: MailLane;
  readonly delivery: string;
  readonly address: string;
  /** Of the event that the mail is about; an account mail is about none. */
  readonly eventId?: string;
  readonly category?: Category;
}

/** How the conversation about one mail ended. Nothing in it holds an address. */
export type SendResult = SmtpClassification & {
  readonly stage: SmtpStage;
  readonly end: SmtpEnd;
  /** The server's words, addresses masked; absent when it said none. */
  readonly reply?: string;
  readonly relay: string;
  /** nodemailer's code, for the log. */
  readonly code?: string;
  /** We ended it before the final dot, because another process may be sending this mail. */
  readonly claimLost?: true;
};

export interface SendMailSettings {
  /** `smtp://` or `smtps://`, as SMTP_URL has it. */
  readonly smtpUrl: string;
  readonly from: MailFrom;
}

/** An idle server is noticed by these; one that trickles bytes is not, and ends with the caller's signal. */
const timeOuts = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 60_000,
};

interface TrackedMail extends SendMailOptions {
  /** Makes the stream that nodemailer reads out of the one it would have read. */
  readonly guard: (stream: Readable) => Readable;
}

/** Hands mails to the mail server, over a pool of connections for each lane, so that lanes do not wait for each other. */
export function createMailSender({ smtpUrl, from }: SendMailSettings) {
  const { host } = new URL(smtpUrl);
  const pools = Object.fromEntries(mailLanes.map((lane) => [lane, openPool(smtpUrl, lane)])) as Record<
    MailLane,
    Pool
  >;

  return {
    /**
     * Resolves with what became of the mail; rejects never.
     * @param signal ends the conversation when the claim is lost or time is up.
     * @param isOurs whether the claim surely holds; asked before the body and before the final dot.
     */
    async send(mail: OutgoingMail, signal: AbortSignal, isOurs: () => boolean): Promise<SendResult> {
      let stream: Readable | undefined;
      const guard = (made: Readable) => (stream = Readable.from(whileOurs(made, isOurs)));
      const message: TrackedMail = { ...messageOf(mail, from), signal, guard };
      try {
        const { response } = await pools[mail.lane].sendMail(message);
        return {
          ...classifySmtp('dot', '2xx'),
          stage: 'dot',
          end: '2xx',
          reply: maskReply(response),
          relay: host,
        };
      } catch (error) {
        return stream?.errored instanceof ClaimLost
          ? claimLost(host)
          : failed(error as SmtpError, stream, host);
      }
    },

    /** Rejects when the mail server cannot be reached or does not take our credentials. */
    verify: async (): Promise<void> => void (await pools.standard.verify()),

    /** Closes idle connections at once and the others after their mail. */
    close: (): void => Object.values(pools).forEach((pool) => pool.close()),
  };
}

export type MailSender = ReturnType<typeof createMailSender>;
type Pool = ReturnType<typeof openPool>;

function openPool(smtpUrl: string, lane: MailLane) {
  const pool = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    // As large as the lane's concurrency: nothing waits inside nodemailer after its claim was read.
    maxConnections: queues[queueOfLane[lane]].concurrency,
    maxMessages: 1_000,
    // nodemailer would send a mail again by itself; whether a mail is sent again is the delivery's to say.
    maxRequeues: 0,
    ...timeOuts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  pool.use('stream', (mail, done) => {
    const { guard } = mail.data as TrackedMail;
    const createReadStream = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => guard(createReadStream(options));
    done();
  });
  pool.on('error', () => undefined); // Each mail gets its own error.
  return pool;
}

function messageOf(mail: OutgoingMail, from: MailFrom): SendMailOptions {
  return {
    from: { name: from.name, address: from.address },
    to: { name: '', address: mail.address },
    // RFC 3464 section 2: a null return path. What bounces of an account mail comes back to nobody, and makes no loop.
    ...(mail.lane === 'account' && { envelope: { from: '', to: mail.address } }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.delivery}@${from.domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(mail.eventId !== undefined && { 'X-Signalbox-Event': headerText(mail.eventId) }),
      ...(mail.category !== undefined && { 'X-Signalbox-Category': mail.category }),
    },
  };
}

/** A sender chose the event's id: nothing in it may begin a header of its own. */
const headerText = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

class ClaimLost extends Error {}

/**
 * The mail, as long as it is ours to send. A process that was paused reads the server's reply before it hears that its
 * claim ran out meanwhile; without the final dot, which nodemailer writes when this has ended, no mail is handed over.
 */
async function* whileOurs(mail: Readable, isOurs: () => boolean): AsyncGenerator<Buffer> {
  // Nothing of this runs before nodemailer reads; a transform would take a small mail in, and end, long before that.
  if (!isOurs()) throw new ClaimLost();
  for await (const chunk of mail as AsyncIterable<Buffer>) yield chunk;
  if (!isOurs()) throw new ClaimLost();
}

const claimLost = (relay: string): SendResult => ({
  ...classifySmtp('transfer', 'lost'),
  stage: 'transfer',
  end: 'lost',
  relay,
  claimLost: true,
});

function failed(error: SmtpError, stream: Readable | undefined, relay: string): SendResult {
  const { stage, end } = smtpStageOf(error, stream);
  return {
    ...classifySmtp(stage, end),
    stage,
    end,
    ...(error.response !== undefined && { reply: maskReply(error.response) }),
    relay,
    ...(error.code !== undefined && { code: error.code }),
  };
}
