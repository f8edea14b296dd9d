import { kindOfEventType, type EventKind } from '@signalbox/contracts';

/** Why something that came is not one of our events. A closed list: it is also the dead letter's reason and a label. */
export const unreadableReasons = [
  'empty',
  'too-large',
  'not-utf8',
  'not-json',
  'not-a-cloud-event',
  'unknown-type',
  'kind-does-not-belong-here',
  'invalid-event',
] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

export interface Unreadable {
  readonly ok: false;
  readonly reason: UnreadableReason;
  /** In plain words, naming the attribute; never a value that came. */
  readonly detail: string;
}

export const unreadable = (reason: UnreadableReason, detail: string): Unreadable => ({
  ok: false,
  reason,
  detail,
});

/** An event out of a CloudEvent, ready for contracts' `parseSignalboxEvent`; only the kind has been checked. */
export interface RawEvent {
  readonly kind: EventKind;
  readonly account: unknown;
  readonly id: unknown;
  readonly source: unknown;
  /** UTC where it could be read as an instant, undefined where the sender gave none. */
  readonly time: unknown;
  readonly data: unknown;
}

export type CloudEventAttributes = Readonly<Record<string, unknown>>;

/**
 * What CloudEvents 1.0 asks of the attributes, whatever way they came.
 *
 * The `cloudevents` package makes what we send, and does not read what comes: it gives an event without id or time new
 * ones, so that the same event sent twice would be two, and answers a bad member of a batch without saying which.
 */
export function readAttributes(
  attributes: CloudEventAttributes,
  data: unknown,
): { ok: true; raw: RawEvent } | Unreadable {
  const missing = required.find((name) => isMissing(attributes[name]));
  if (missing !== undefined) return unreadable('not-a-cloud-event', `The attribute ${missing} is missing.`);
  if (attributes.specversion !== '1.0') return unreadable('not-a-cloud-event', 'specversion is not 1.0.');
  const kind = typeof attributes.type === 'string' ? kindOfEventType(attributes.type) : undefined;
  if (kind === undefined) return unreadable('unknown-type', 'type is none of io.signalbox.<kind>.v1.');
  if (isMissing(attributes.subject)) {
    return unreadable('invalid-event', 'The attribute subject is missing: it names the account.');
  }
  const { id, source, subject: account, time } = attributes;
  return {
    ok: true,
    raw: { kind, account, id, source, time: isMissing(time) ? undefined : inUtc(time), data },
  };
}

const required = ['specversion', 'id', 'source', 'type'] as const;

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** RFC 3339 with any offset, which is what CloudEvents allows; anything else stays as it is, to be refused by name. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

function inUtc(time: unknown): unknown {
  if (typeof time !== 'string' || !rfc3339.test(time)) return time;
  const instant = new Date(time);
  return Number.isNaN(instant.getTime()) ? time : instant.toISOString();
}
