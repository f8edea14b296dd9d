/** How far a conversation with a mail server had come when it ended. */
export const smtpStages = [
  'compose',
  'connect',
  'tls',
  'hello',
  'auth',
  'mail-from',
  'recipient',
  'data',
  /** Lost between MAIL FROM and the server's leave to send the body, or within the body: no mail was handed over. */
  'transfer',
  /** The final dot may have been sent: only the server knows whether it took the mail. */
  'dot',
] as const;
export type SmtpStage = (typeof smtpStages)[number];

/** What came back: the reply's class, or none because the connection was lost or nothing came in time. */
export const smtpEnds = ['2xx', '4xx', '5xx', 'lost', 'timeout', 'other'] as const;
export type SmtpEnd = (typeof smtpEnds)[number];

/**
 * `sent`: the server took the mail. `refused`: it will never take this mail. `retry`: it may take it later. `ours`: the
 * fault is on our side of the recipient (relay, credentials, network): tried again, and never said of the recipient.
 */
export type SmtpVerdict = 'sent' | 'retry' | 'refused' | 'ours';

/** Why a delivery ended or was put off. The closed list stands in logs and in the delivery's history. */
export const deliveryReasons = [
  'recipient-refused',
  'message-refused',
  'recipient-deferred',
  'message-deferred',
  'connection-lost',
  'no-answer',
  'mail-server-not-usable',
  'not-composed',
  'horizon-passed',
  /** An account mail's link holds no longer. */
  'lifetime-passed',
  /** The secret of an account mail's link does not open: the wrong ENCRYPTION_KEYS, or somebody altered it. */
  'secret-unreadable',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

type Row =
  | { readonly verdict: 'sent' }
  | {
      readonly verdict: Exclude<SmtpVerdict, 'sent'>;
      readonly reason: DeliveryReason;
      /** The server may have taken the mail all the same. */
      readonly ambiguous?: true;
    };

const sent: Row = { verdict: 'sent' };
const ours: Row = { verdict: 'ours', reason: 'mail-server-not-usable' };
const notComposed: Row = { verdict: 'ours', reason: 'not-composed' };
const lost: Row = { verdict: 'retry', reason: 'connection-lost' };
const silent: Row = { verdict: 'retry', reason: 'no-answer' };
const later: Row = { verdict: 'retry', reason: 'message-deferred' };
const perhapsLost: Row = { verdict: 'retry', reason: 'connection-lost', ambiguous: true };
const perhapsSilent: Row = { verdict: 'retry', reason: 'no-answer', ambiguous: true };
const wrongRecipient: Row = { verdict: 'refused', reason: 'recipient-refused' };
const wrongMessage: Row = { verdict: 'refused', reason: 'message-refused' };
const laterRecipient: Row = { verdict: 'retry', reason: 'recipient-deferred' };

const whatever = (row: Row): Record<SmtpEnd, Row> => ({
  '2xx': row,
  '4xx': row,
  '5xx': row,
  lost: row,
  timeout: row,
  other: row,
});

/** Stage × end → what to do. A 2xx counts only after the dot: before it, it is a reply that nobody waited for. */
export const smtpTable = {
  compose: whatever(notComposed),
  connect: whatever(ours),
  tls: whatever(ours),
  hello: whatever(ours),
  auth: whatever(ours),
  'mail-from': whatever(ours),
  recipient: { ...whatever(ours), '4xx': laterRecipient, '5xx': wrongRecipient, lost, timeout: silent },
  data: { ...whatever(ours), '4xx': later, '5xx': wrongMessage, lost, timeout: silent },
  transfer: { ...whatever(lost), '4xx': later, timeout: silent },
  dot: {
    '2xx': sent,
    '4xx': later,
    '5xx': wrongMessage,
    lost: perhapsLost,
    timeout: perhapsSilent,
    other: perhapsLost,
  },
} as const satisfies Record<SmtpStage, Record<SmtpEnd, Row>>;

export type SmtpClassification =
  | { readonly verdict: 'sent'; readonly ambiguous: false }
  | {
      readonly verdict: Exclude<SmtpVerdict, 'sent'>;
      readonly reason: DeliveryReason;
      readonly ambiguous: boolean;
    };

/** Looks the end of a conversation up in the table. */
export function classifySmtp(stage: SmtpStage, end: SmtpEnd): SmtpClassification {
  const row: Row = smtpTable[stage][end];
  return row.verdict === 'sent'
    ? { verdict: 'sent', ambiguous: false }
    : { verdict: row.verdict, reason: row.reason, ambiguous: row.ambiguous ?? false };
}

/** The class of a reply code of RFC 5321 section 4.2.1; anything but 2, 4 and 5 is no end we know. */
export function smtpEndOf(replyCode: number): SmtpEnd {
  const byFirstDigit: Readonly<Record<number, SmtpEnd>> = { 2: '2xx', 4: '4xx', 5: '5xx' };
  return byFirstDigit[Math.floor(replyCode / 100)] ?? 'other';
}
