import { z } from 'zod';
import { eventKinds, type EventKind } from './words.js';
import { eventData } from './events/event-data.js';
import { AccountSnapshot } from './contacts/contact-updated.js';
import { DeliveryOutcome } from './delivery/delivery-outcome.js';
import { AddressHealth } from './delivery/address-health.js';

const days = (count: number): string => String(count * 24 * 60 * 60 * 1000);
const hours = (count: number): string => String(count * 60 * 60 * 1000);

/**
 * Every consumer: whose it is, and its group; each has a connection of its own, so that no lane waits for another. The
 * ledger reads committed offsets by these groups.
 */
export const consumers = {
  contacts: { process: 'notification-router', group: 'signalbox.router.contacts' },
  emergency: { process: 'notification-router', group: 'signalbox.router.emergency' },
  standard: { process: 'notification-router', group: 'signalbox.router.standard' },
  bulk: { process: 'notification-router', group: 'signalbox.router.bulk' },
  'dead-letters': { process: 'notification-router', group: 'signalbox.router.dead-letters' },
  'address-health': { process: 'contact-registry', group: 'signalbox.registry.address-health' },
} as const satisfies Record<string, { process: ConsumingProcess; group: string }>;
export type ConsumerName = keyof typeof consumers;
export type ConsumingProcess = 'notification-router' | 'contact-registry';

export const consumerGroup = (consumer: ConsumerName): string => consumers[consumer].group;

/** The consumers that a process has to run. */
export const consumersOf = (process: ConsumingProcess): ConsumerName[] =>
  (Object.keys(consumers) as ConsumerName[]).filter((name) => consumers[name].process === process);

export interface Topic {
  readonly about: string;
  readonly key: string;
  readonly schema: z.ZodType;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
  /** The consumer that takes it, or null: a topic for others to read. */
  readonly consumer: ConsumerName | null;
}

/** LogAppendTime: the moment of acceptance is the broker's, whoever produced the event. */
const eventTopic = (about: string, kind: EventKind, consumer: ConsumerName): Topic => ({
  about,
  key: 'account',
  schema: eventData[kind],
  partitions: 12,
  config: { 'retention.ms': days(14), 'message.timestamp.type': 'LogAppendTime' },
  consumer,
});

/** The event topic of each kind. */
export const topicOfKind = {
  'production-incident': 'signalbox.production-incidents',
  emergency: 'signalbox.emergencies',
  'migration-notice': 'signalbox.migration-notices',
  'matching-issue': 'signalbox.matching-issues',
  'merchant-complaint': 'signalbox.merchant-complaints',
  'removal-request': 'signalbox.removal-requests',
  'user-escalation': 'signalbox.user-escalations',
} as const satisfies Record<EventKind, string>;

/** Topics that are not events. */
export const topicNames = {
  contactUpdates: 'signalbox.contact-updates',
  deliveryOutcomes: 'signalbox.delivery-outcomes',
  addressHealth: 'signalbox.address-health',
  deadLetters: 'signalbox.dead-letters',
} as const;

/** Every topic. A deploy step creates them from this table; nothing is ever created by writing to it. */
export const topics = {
  'signalbox.production-incidents': eventTopic(
    'A monitor found a problem.',
    'production-incident',
    'standard',
  ),
  'signalbox.emergencies': eventTopic('An integration is in an emergency.', 'emergency', 'emergency'),
  'signalbox.migration-notices': eventTopic('Something will change.', 'migration-notice', 'bulk'),
  'signalbox.matching-issues': eventTopic('Inventory does not match.', 'matching-issue', 'standard'),
  'signalbox.merchant-complaints': eventTopic('A merchant complains.', 'merchant-complaint', 'standard'),
  'signalbox.removal-requests': eventTopic('A merchant asks to be removed.', 'removal-request', 'standard'),
  'signalbox.user-escalations': eventTopic('A user needs the partner.', 'user-escalation', 'standard'),
  'signalbox.contact-updates': {
    about: 'The whole contact snapshot of an account at each of its versions.',
    key: 'account',
    schema: AccountSnapshot,
    partitions: 12,
    config: { 'cleanup.policy': 'compact', 'segment.ms': hours(1), 'max.compaction.lag.ms': hours(24) },
    consumer: 'contacts',
  },
  'signalbox.delivery-outcomes': {
    about: 'One event per finished delivery, no address in it.',
    key: 'account',
    schema: DeliveryOutcome,
    partitions: 12,
    config: { 'retention.ms': days(14) },
    consumer: null,
  },
  'signalbox.address-health': {
    about: 'Bounces and acceptances by keyed address hash.',
    key: 'account',
    schema: AddressHealth,
    partitions: 12,
    config: { 'retention.ms': days(14) },
    consumer: 'address-health',
  },
  'signalbox.dead-letters': {
    about: 'What could not be read: the bytes as they came, the reason in the headers.',
    key: 'none',
    schema: z.unknown(),
    partitions: 3,
    config: { 'retention.ms': days(14) },
    consumer: 'dead-letters',
  },
} as const satisfies Record<string, Topic>;
export type TopicName = keyof typeof topics;

/** The headers of a dead letter. */
export const deadLetterHeaders = {
  reason: 'sbx-reason',
  topic: 'sbx-topic',
  partition: 'sbx-partition',
  offset: 'sbx-offset',
  failedAt: 'sbx-failed-at',
} as const;

/** The topics that a consumer takes, in the table's order. */
export const topicsOf = (consumer: ConsumerName): TopicName[] =>
  (Object.keys(topics) as TopicName[]).filter((name) => topics[name].consumer === consumer);

/** The kind that belongs on an event topic, or undefined for a topic that is not one. */
export const kindOfTopic = (topic: string): EventKind | undefined =>
  eventKinds.find((kind) => topicOfKind[kind] === topic);

/** The largest event we take, in bytes on the wire; well under the broker's 1 MiB message limit. */
export const mostEventBytes = 512 * 1024;
