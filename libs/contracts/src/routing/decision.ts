import { z } from 'zod';
import { Category, EventKind, LanguageTag, Lane } from '../words.js';
import { EmailAddress } from '../contacts/address.js';
import {
  ChainStep,
  DecisionNote,
  PassReason,
  RecipientReason,
  DispatchState,
  RoundReason,
  SuppressionReason,
} from './reasons.js';

/** Somebody a decision names: to be told, or not to be told and why. */
export const Recipient = z
  .object({
    address: EmailAddress,
    language: LanguageTag,
    step: ChainStep,
    why: RecipientReason,
    suppressed: SuppressionReason.optional(),
    /** How often this address left and came back while the event was open; each time is a delivery of its own. */
    reinstated: z.int().min(0),
  })
  .meta({ id: 'Recipient' });
export type Recipient = z.infer<typeof Recipient>;

export const PassedStep = z.object({ step: ChainStep, reason: PassReason }).meta({ id: 'PassedStep' });
export type PassedStep = z.infer<typeof PassedStep>;

/** The pure function's answer for one event. */
export const Decision = z
  .object({
    /** The row of the routing table that matched; the rows are named by kind. */
    rule: EventKind,
    category: Category,
    lane: Lane,
    contactVersion: z.int().nullable().meta({ description: 'null: the account is not known.' }),
    /** Set when the whole event is not to be told to anybody. */
    suppressed: SuppressionReason.optional(),
    passedOver: z.array(PassedStep),
    notes: z.array(DecisionNote),
    /** Why recipients are added now; present when `tell` is not empty. */
    because: RoundReason.optional(),
    /** Those who get a delivery by this decision, suppressed ones included. */
    tell: z.array(Recipient),
    /** Delivery addresses that are open and no longer to be told. */
    withdraw: z.array(EmailAddress),
    /** Where the event stands after this decision. */
    state: DispatchState,
    at: z.date().meta({ description: 'The instant the decision was made for.' }),
    /** When to decide again although nothing has happened; null: never. */
    dueAt: z.date().nullable(),
    /** When this decision was due, if time alone brought it; null: something happened. */
    wasDueAt: z.date().nullable(),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;
