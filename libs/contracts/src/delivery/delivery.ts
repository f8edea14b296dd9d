import { z } from 'zod';
import { Category, EventKind, LanguageTag, Lane } from '../words.js';
import { EmailAddress } from '../contacts/address.js';
import { EventMailing } from '../events/signalbox-event.js';
import { ChainStep, RecipientReason } from '../routing/reasons.js';

/** Every state of a delivery, once. Final is final: a bounce is a fact on a sent delivery, not a state. */
export const openDeliveryStates = ['pending', 'sending'] as const;
export const finalDeliveryStates = ['sent', 'refused', 'expired', 'superseded', 'suppressed'] as const;
export const deliveryStates = [...openDeliveryStates, ...finalDeliveryStates] as const;
export const DeliveryState = z.enum(deliveryStates).meta({ id: 'DeliveryState' });
export type DeliveryState = z.infer<typeof DeliveryState>;
export type FinalDeliveryState = (typeof finalDeliveryStates)[number];

export const isFinal = (state: DeliveryState): state is FinalDeliveryState =>
  (finalDeliveryStates as readonly string[]).includes(state);

/** Why the store itself moved a delivery on; what a mail server's answer makes of one stands in the domain's `deliveryReasons`. */
export const storeReasons = [
  /** The address is no contact any more. */
  'contact-left',
  /** What it is part of was cancelled. */
  'taken-back',
  /** Whoever was sending it gave no sign of life; another took over. */
  'claim-ran-out',
  'never-finished',
] as const;
export type StoreReason = (typeof storeReasons)[number];

/** Why a delivery is withdrawn that no mail server has accepted yet. */
export const WithdrawalReason = z.enum(['contact-left', 'taken-back'] satisfies StoreReason[]);
export type WithdrawalReason = z.infer<typeof WithdrawalReason>;

/** One entry of a delivery's history: when, to which state, by which process, and what the mail server said. */
export const Transition = z
  .object({
    at: z.date(),
    to: DeliveryState,
    attempt: z.int(),
    by: z.string(),
    reason: z.string().optional(),
    /** The server's reply, addresses masked. */
    reply: z.string().optional(),
    relay: z.string().optional(),
    ambiguous: z.boolean().optional(),
  })
  .meta({ id: 'Transition' });
export type Transition = z.infer<typeof Transition>;

/**
 * How far one mail to one address has come. Deliveries and account mails have it in common: whoever claims one, sends it
 * and records the outcome does so by the same compare-and-set.
 */
export const DeliveryProgress = z.object({
  _id: z.string(),
  state: DeliveryState,
  reason: z.string().optional(),
  /** Number of the attempt that is due or running, from 1. */
  attempt: z.int().min(1),
  nextAttemptAt: z.date().nullable(),
  claim: z.object({ token: z.string(), until: z.date(), by: z.string() }).nullable(),
  /** Claims that ended without an outcome, in a row. */
  blanks: z.int().min(0),
  reply: z.string().optional(),
  relay: z.string().optional(),
  ambiguous: z.boolean().optional(),
  sentAt: z.date().optional(),
  settledAt: z.date().optional(),
  sweptAt: z.date().optional(),
  transitions: z.array(Transition),
});
export type DeliveryProgress = z.infer<typeof DeliveryProgress>;

/** One event to one address. The router inserts and supersedes, the worker claims and settles, each by compare-and-set. */
export const Delivery = z.object({
  ...DeliveryProgress.shape,
  dispatch: z.string(),
  account: z.string(),
  kind: EventKind,
  category: Category,
  lane: Lane,
  day: z.iso.date(),
  acceptedAt: z.date(),
  address: EmailAddress,
  language: LanguageTag,
  step: ChainStep,
  why: RecipientReason,
  /** What a person sent to many, if its event is of it. */
  mailing: EventMailing.optional(),
  bouncedAt: z.date().optional(),
  /** Set on a delivery in mid-send whose recipient left: no success makes it superseded. */
  followVersion: z.int().optional(),
  /** With it, why: another reason than that the recipient left. */
  withdrawnBecause: WithdrawalReason.optional(),
  /** Set on a delivery in mid-send whose address was erased: no success makes it suppressed. */
  erased: z.boolean().optional(),
  /** The outcome is stored, and its dispatch has not taken it into account yet. */
  unreported: z.boolean().optional(),
  /** Its dispatch knows, and Kafka was away when the outcome was to be published. */
  unpublished: z.boolean().optional(),
});
export type Delivery = z.infer<typeof Delivery>;
