import { AccountSnapshot, contactUpdatedType, topicNames } from '@signalbox/contracts';
import { cloudEventMessage } from './cloud-event-message.js';
import type { AddressedMessage } from './producer.js';
import { readEventData, unreadableDataReasons } from './read-event-data.js';
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
  ...unreadableDataReasons,
  'invalid-snapshot',
  'key-is-not-the-account',
] as const;
export type UnreadableContactsReason = (typeof unreadableContactsReasons)[number];

export type ReadContactUpdated =
  | { readonly ok: true; readonly snapshot: AccountSnapshot }
  | { readonly ok: false; readonly reason: UnreadableContactsReason; readonly detail: string };

/** Reads a record of the contact topic, binary or structured. Never throws on what came. */
export function readContactUpdatedMessage(
  record: Pick<ReceivedRecord, 'key' | 'value' | 'headers'>,
): ReadContactUpdated {
  const read = readEventData(record, contactUpdatedType);
  if (!read.ok) return read; // A tombstone too: accounts are never removed.
  const parsed = AccountSnapshot.safeParse(read.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return no('invalid-snapshot', `${issue?.path.map(String).join('.')}: ${issue?.message}`);
  }
  // Compaction keeps one record a key: under another key a snapshot could outlive a newer one.
  if (record.key !== parsed.data.account)
    return no('key-is-not-the-account', 'The key of the record is not the account.');
  return { ok: true, snapshot: parsed.data };
}

const no = (reason: UnreadableContactsReason, detail: string) => ({ ok: false, reason, detail }) as const;
