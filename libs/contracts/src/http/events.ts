import { z } from 'zod';
import { Category, EventKind, Environment, Lane, Instant } from '../words.js';
import { eventData } from '../events/event-data.js';
import { EventAccount, EventId, EventSource } from '../events/signalbox-event.js';
import { AcknowledgementView } from './acknowledgements.js';
import { PassedStep } from '../routing/decision.js';
import {
  ChainStep,
  DecisionNote,
  DispatchState,
  RecipientReason,
  RoundReason,
  SuppressionReason,
} from '../routing/reasons.js';
import { DeliveryState } from '../delivery/delivery.js';

const plainEnvelope = {
  account: EventAccount,
  id: EventId.optional(),
  source: EventSource.optional(),
  time: Instant.optional(),
} as const;

/** The flat form of an event, easy to write by hand: `{ kind, account, environment, title, … }`. */
export const PlainEvent = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('production-incident'),
      ...plainEnvelope,
      ...eventData['production-incident'].shape,
    }),
    z.object({ kind: z.literal('emergency'), ...plainEnvelope, ...eventData.emergency.shape }),
    z.object({
      kind: z.literal('migration-notice'),
      ...plainEnvelope,
      ...eventData['migration-notice'].shape,
    }),
    z.object({ kind: z.literal('matching-issue'), ...plainEnvelope, ...eventData['matching-issue'].shape }),
    z.object({
      kind: z.literal('merchant-complaint'),
      ...plainEnvelope,
      ...eventData['merchant-complaint'].shape,
    }),
    z.object({ kind: z.literal('removal-request'), ...plainEnvelope, ...eventData['removal-request'].shape }),
    z.object({ kind: z.literal('user-escalation'), ...plainEnvelope, ...eventData['user-escalation'].shape }),
  ])
  .meta({
    id: 'PlainEvent',
    description: 'One event as flat JSON.',
    example: {
      kind: 'emergency',
      account: 'acme-tours',
      environment: 'production',
      title: 'Integration disabled',
    },
  });
export type PlainEvent = z.infer<typeof PlainEvent>;

export const AcceptedEvent = z
  .object({ id: z.string(), source: z.string(), kind: EventKind, account: z.string() })
  .meta({ id: 'AcceptedEvent' });
export type AcceptedEvent = z.infer<typeof AcceptedEvent>;

export const EventsAccepted = z
  .object({ accepted: z.array(AcceptedEvent) })
  .meta({ id: 'EventsAccepted', description: 'Acknowledged by Kafka on all in-sync replicas.' });
export type EventsAccepted = z.infer<typeof EventsAccepted>;

/** Who would be told; for a sender the addresses are masked, and `masked` says so. A partner sees their own contacts. */
export const Preview = z
  .object({
    kind: EventKind,
    account: z.string(),
    environment: Environment,
    rule: EventKind,
    category: Category,
    lane: Lane,
    contactVersion: z.int().nullable(),
    suppressed: SuppressionReason.nullable(),
    passedOver: z.array(PassedStep),
    notes: z.array(DecisionNote),
    masked: z.boolean(),
    recipients: z.array(
      z.object({
        address: z.string(),
        language: z.string(),
        step: ChainStep,
        why: RecipientReason,
        suppressed: SuppressionReason.nullable(),
      }),
    ),
  })
  .meta({ id: 'Preview', description: 'What decide() answers now; nothing is sent, nothing is stored.' });
export type Preview = z.infer<typeof Preview>;

const AttemptView = z
  .object({
    at: z.iso.datetime(),
    to: DeliveryState,
    attempt: z.int(),
    by: z.string(),
    reason: z.string().optional(),
    reply: z.string().optional(),
    relay: z.string().optional(),
    ambiguous: z.boolean().optional(),
  })
  .meta({ id: 'AttemptView' });

export const DeliveryView = z
  .object({
    id: z.string(),
    address: z.string(),
    language: z.string(),
    step: ChainStep,
    why: RecipientReason,
    state: DeliveryState,
    reason: z.string().nullable(),
    attempt: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
    bouncedAt: z.iso.datetime().nullable(),
    reply: z.string().nullable(),
    ambiguous: z.boolean(),
    transitions: z.array(AttemptView),
  })
  .meta({ id: 'DeliveryView' });
export type DeliveryView = z.infer<typeof DeliveryView>;

const eventSummary = {
  id: z.string(),
  source: z.string(),
  kind: EventKind,
  account: z.string(),
  environment: Environment,
  title: z.string(),
  state: DispatchState,
  reason: z.string().nullable().meta({ description: 'Why nobody is told; null when somebody is.' }),
  acceptedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime(),
} as const;

export const EventSummary = z.object(eventSummary).meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof EventSummary>;

/**
 * The answer to "why was she told, and he not?". A partner reads "platform staff" in place of addresses that are not of
 * their own contacts, and nothing of our keys, processes and relays.
 */
export const EventView = z
  .object({
    ...eventSummary,
    time: z.iso.datetime(),
    acceptedBy: z.string().nullable(),
    rule: EventKind,
    category: Category,
    lane: Lane,
    contactVersion: z.int().nullable(),
    passedOver: z.array(PassedStep),
    notes: z.array(DecisionNote),
    dueAt: z.iso.datetime().nullable().meta({
      description: 'When others are told if nothing happens until then; null: time changes nothing.',
    }),
    acknowledgement: AcknowledgementView.nullable().meta({
      description: 'Who said "I am on it" first; null: nobody.',
    }),
    rounds: z.array(
      z.object({
        number: z.int(),
        because: RoundReason,
        contactVersion: z.int().nullable(),
        at: z.iso.datetime(),
        dueAt: z.iso
          .datetime()
          .nullable()
          .meta({ description: 'When it was due, if time alone brought it; null: something happened.' }),
        recipients: z.array(
          z.object({
            delivery: z.string(),
            address: z.string(),
            language: z.string(),
            step: ChainStep,
            why: RecipientReason,
            suppressed: SuppressionReason.nullable(),
          }),
        ),
      }),
    ),
    deliveries: z.array(DeliveryView),
    repeats: z.array(
      z.object({ what: z.enum(['duplicate', 'conflict']), reason: z.string(), at: z.iso.datetime() }),
    ),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'EventView', description: 'One event, how it was decided, and every delivery.' });
export type EventView = z.infer<typeof EventView>;

/** Left out means either: events of both environments stand in one list. */
const environment = Environment.optional().meta({
  description: 'Only events of this environment, which is also the one that the caller works in.',
});

export const EventQuery = z.object({ source: z.string().max(500).optional(), environment });
export type EventQuery = z.infer<typeof EventQuery>;
export const EventListQuery = z.object({
  account: z.string().max(200).optional(),
  environment,
  kind: EventKind.optional(),
  state: DispatchState.optional(),
  from: Instant.optional().meta({ description: 'Only events decided at this instant or later.' }),
  to: Instant.optional().meta({ description: 'Only events decided before this instant.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type EventListQuery = z.infer<typeof EventListQuery>;

export const EventList = z
  .object({ items: z.array(EventSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'EventList' });
export type EventList = z.infer<typeof EventList>;
