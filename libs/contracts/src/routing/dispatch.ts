import { z } from 'zod';
import { Category, EventKind, Lane } from '../words.js';
import { Label } from '../contacts/contact-information.js';
import { StoredEvent } from '../events/signalbox-event.js';
import { PassedStep, Recipient } from './decision.js';
import { DecisionNote, DispatchState, RoundReason, SuppressionReason } from './reasons.js';

/** Where in Kafka an event came from; the first book counts these. */
export const Origin = z.object({ topic: z.string(), partition: z.int(), offset: z.int() });
export type Origin = z.infer<typeof Origin>;

/** A recipient frozen into a round, with the id of its delivery. */
export const RoundRecipient = Recipient.extend({ delivery: z.string() }).meta({ id: 'RoundRecipient' });
export type RoundRecipient = z.infer<typeof RoundRecipient>;

export const Round = z
  .object({
    number: z.int().min(1),
    because: RoundReason,
    contactVersion: z.int().nullable(),
    at: z.date(),
    /** For a round that time alone brought: when it was due. */
    dueAt: z.date().optional(),
    recipients: z.array(RoundRecipient),
  })
  .meta({ id: 'Round' });
export type Round = z.infer<typeof Round>;

/** Somebody said "I am on it", the first one. */
export const Acknowledgement = z.object({
  at: z.date(),
  /** The delivery whose mail led there: it says whose. */
  delivery: z.string(),
  /** What they called themselves; null where the address is one person's. */
  by: Label.nullable(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** The stored decision of one event. Only the router writes these. */
export const Dispatch = z.object({
  _id: z.string().meta({ description: 'Keyed hash of source and id.' }),
  event: StoredEvent,
  bodyHash: z.string(),
  origin: Origin,
  acceptedAt: z.date(),
  decidedAt: z.date(),
  /** The UTC day of `decidedAt`, copied to the deliveries: the second book is closed by day. */
  day: z.iso.date(),
  accountName: z.string(),
  rule: EventKind,
  category: Category,
  lane: Lane,
  contactVersion: z.int().nullable(),
  suppressed: SuppressionReason.optional(),
  passedOver: z.array(PassedStep),
  notes: z.array(DecisionNote),
  rounds: z.array(Round),
  state: DispatchState,
  /** Somebody may still be told: by what becomes of deliveries, by contacts that change, or when `dueAt` comes. */
  open: z.boolean(),
  /** When time alone makes a difference: a step that had long enough, an acknowledgement that did not come. */
  dueAt: z.date().nullable(),
  acknowledgement: Acknowledgement.nullable(),
  /** When an all-clear ended it. */
  resolvedAt: z.date().nullable(),
  /** When an operator cancelled what it is part of. */
  cancelledAt: z.date().optional(),
  revision: z.int(),
  /** What the last change still has to do to deliveries; a crash leaves it for the sweeper. */
  toApply: z.object({ insert: z.array(z.string()), withdraw: z.array(z.string()) }).nullable(),
});
export type Dispatch = z.infer<typeof Dispatch>;

/** What may change of a dispatch after it was inserted, in one update guarded by its revision. */
export type DispatchChange = Pick<
  Dispatch,
  | 'contactVersion'
  | 'suppressed'
  | 'passedOver'
  | 'notes'
  | 'rounds'
  | 'state'
  | 'open'
  | 'dueAt'
  | 'toApply'
  | 'accountName'
>;

/** The id of a record's intake exception: a record that is read twice is one exception. */
export const intakeExceptionId = ({ topic, partition, offset }: Origin): string =>
  `${topic}:${partition}:${offset}`;

/** Why a record of an event topic is not a dispatch of its own. */
export const intakeExceptionKinds = ['duplicate', 'conflict', 'dead-letter'] as const;
/** Why a record that came again is no dispatch of its own. */
export const repeatReasons = ['repeated-by-monitor', 'same-content', 'same-id-other-content'] as const;
export type RepeatReason = (typeof repeatReasons)[number];
export const IntakeException = z.object({
  _id: z.string().meta({ description: 'topic:partition:offset' }),
  origin: Origin,
  what: z.enum(intakeExceptionKinds),
  reason: z.string(),
  /** The dispatch that holds the event already; absent for a dead letter. */
  dispatch: z.string().optional(),
  at: z.date(),
});
export type IntakeException = z.infer<typeof IntakeException>;
