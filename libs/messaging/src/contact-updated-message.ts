import { AccountSnapshot, contactUpdatedType, topicNames } from '@signalbox/contracts';
import { cloudEventMessage } from './cloud-event-message.js';
import type { AddressedMessage } from './producer.js';
import { isJsonObject, readJson, readStructuredData, readText } from './read-json.js';
import type { ReceivedRecord } from './received-batch.js';

const source = '/signalbox/contact-registry';

/**
 * The whole snapshot of an account, as it goes to the compacted topic.
 * @param at when this version came to be.
 * @throws ZodError when the snapshot is not what contracts say: consumers could not read it.
 */
export function contactUpdatedMessage(snapshot: AccountSnapshot, at: Date): AddressedMessage {
  const { account, version } = snapshot;
  const message = cloudEventMessage({
    id: `${account}:${version}`,
    source,
    type: contactUpdatedType,
    subject: account,
    time: at.toISOString(),
    data: AccountSnapshot.parse(snapshot),
  });
  return { topic: topicNames.contactUpdates, message };
}

export const unreadableContactsReasons = [
  'tombstone',
  'not-utf8',
  'not-json',
  'unknown-type',
  'invalid-snapshot',
  'key-is-not-the-account',
] as const;
export type UnreadableContactsReason = (typeof unreadableContactsReasons)[number];

export type ReadContactUpdated =
  | { readonly ok: true; readonly snapshot: AccountSnapshot }
  | { readonly ok: false; readonly reason: UnreadableContactsReason; readonly detail: string };

/** Reads a record of the contact topic, binary or structured. Never throws on what came. */
export function readContactUpdatedMessage({
  key,
  value,
  headers,
}: Pick<ReceivedRecord, 'key' | 'value' | 'headers'>): ReadContactUpdated {
  if (value === null || value.length === 0)
    return no('tombstone', 'The record has no value: accounts are never removed.');
  const body = readJson(value);
  if (!body.ok) return no(body.reason === 'not-utf8' ? 'not-utf8' : 'not-json', body.detail);
  const type = headerText(headers.ce_type);
  const parts = type === undefined ? structuredParts(body.json) : { type, data: body.json };
  if (parts.type !== contactUpdatedType) return no('unknown-type', `The type is not ${contactUpdatedType}.`);
  const parsed = AccountSnapshot.safeParse(parts.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return no('invalid-snapshot', `${issue?.path.map(String).join('.')}: ${issue?.message}`);
  }
  // Compaction keeps one record a key: under another key a snapshot could outlive a newer one.
  if (key !== parsed.data.account)
    return no('key-is-not-the-account', 'The key of the record is not the account.');
  return { ok: true, snapshot: parsed.data };
}

const no = (reason: UnreadableContactsReason, detail: string) => ({ ok: false, reason, detail }) as const;

function structuredParts(json: unknown): { type: unknown; data: unknown } {
  if (!isJsonObject(json)) return { type: undefined, data: undefined };
  const data = readStructuredData(json);
  return { type: json.type, data: data.ok ? data.json : undefined };
}

function headerText(held: ReceivedRecord['headers'][string]): string | undefined {
  const first = Array.isArray(held) ? held[0] : held;
  return typeof first === 'string' || first === undefined ? first : readText(first);
}
