import type { Readable } from 'node:stream';
import { smtpEndOf, type SmtpEnd, type SmtpStage } from '@signalbox/domain';

/** The fields of nodemailer's errors that say how far a conversation came. */
export interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** The mail as nodemailer reads it; undefined before there is a session to send it in. */
export type MailStream = Pick<Readable, 'readableDidRead' | 'readableEnded'> | undefined;

/**
 * How a conversation ended, out of nodemailer's error (10.6: smtp-connection, smtp-pool).
 *
 * A lost connection, a time-out and an abort give the same error at every stage (`CONN`), so the mail's own stream is
 * asked: it is read only after the server's leave to send (354), and nodemailer writes the final dot when it has ended.
 */
export function smtpStageOf(error: SmtpError, stream: MailStream): { stage: SmtpStage; end: SmtpEnd } {
  return { stage: stageOf(error, stream), end: endOf(error) };
}

function stageOf({ code, command, responseCode }: SmtpError, stream: MailStream): SmtpStage {
  if (responseCode !== undefined) {
    if (command === 'MAIL FROM') return 'mail-from';
    if (command === 'RCPT TO') return 'recipient';
    if (command === 'DATA') return code === 'EMESSAGE' ? 'dot' : 'data';
  }
  if (stream === undefined) return stageBeforeMail(code, command);
  if (command === 'API' || command === 'MAIL FROM') return code === 'ECONNECTION' ? 'transfer' : 'compose';
  return stream.readableEnded ? 'dot' : 'transfer';
}

function stageBeforeMail(code = '', command = ''): SmtpStage {
  if (code === 'EAUTH' || code === 'ENOAUTH' || command.startsWith('AUTH')) return 'auth';
  if (code === 'ETLS' || command === 'STARTTLS') return 'tls';
  if (command === 'EHLO' || command === 'HELO') return 'hello';
  const beforeConnecting = ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'EPROTOCOL', 'EABORT'];
  return beforeConnecting.includes(code) ? 'connect' : 'compose';
}

function endOf({ code, responseCode }: SmtpError): SmtpEnd {
  if (responseCode !== undefined) {
    // A success within an error is a reply nobody had asked for: it must never count as one.
    const end = smtpEndOf(responseCode);
    return end === '2xx' ? 'other' : end;
  }
  if (code === 'ETIMEDOUT' || code === 'EABORT') return 'timeout';
  return code === 'ECONNECTION' || code === 'ESOCKET' || code === 'EDNS' ? 'lost' : 'other';
}
