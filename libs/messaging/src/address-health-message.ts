import { AddressHealth, addressHealthType, topicNames } from '@signalbox/contracts';
import { cloudEventMessage } from './cloud-event-message.js';
import type { AddressedMessage } from './producer.js';
import { readEventData, unreadableDataReasons } from './read-event-data.js';
import type { ReceivedRecord } from './received-batch.js';

/** One thing that was observed of an address. @param id names the observation: the delivery by which it was made. */
export function addressHealthMessage(id: string, health: AddressHealth): AddressedMessage {
  const message = cloudEventMessage({
    id,
    source: '/signalbox/deliveries',
    type: addressHealthType,
    subject: health.account,
    time: health.at,
    data: AddressHealth.parse(health), // Exactly the schema: the address itself does not slip out along with its hash.
  });
  return { topic: topicNames.addressHealth, message };
}

export const unreadableHealthReasons = [...unreadableDataReasons, 'invalid-address-health'] as const;
export type UnreadableHealthReason = (typeof unreadableHealthReasons)[number];

export type ReadAddressHealth =
  | { readonly ok: true; readonly health: AddressHealth }
  | { readonly ok: false; readonly reason: UnreadableHealthReason; readonly detail: string };

/** Reads a record of the topic, binary or structured. Never throws on what came. */
export function readAddressHealthMessage(
  record: Pick<ReceivedRecord, 'value' | 'headers'>,
): ReadAddressHealth {
  const read = readEventData(record, addressHealthType);
  if (!read.ok) return read;
  const parsed = AddressHealth.safeParse(read.data);
  if (parsed.success) return { ok: true, health: parsed.data };
  const [issue] = parsed.error.issues;
  const detail = `${issue?.path.map(String).join('.')}: ${issue?.message}`;
  return { ok: false, reason: 'invalid-address-health', detail };
}
