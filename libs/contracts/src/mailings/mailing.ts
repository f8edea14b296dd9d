import { z } from 'zod';
import type { EventData } from '../events/event-data.js';
import { PassedStep, Recipient } from '../routing/decision.js';
import { AccountId, EventKind, IntegrationType } from '../words.js';

/**
 * How far something that a person sends has come. `previewed`: shown, and not confirmed; `confirmed`: its events are being
 * published, or wait for `sendAt`; `published`: Kafka has all of them; `paused` and
 * `cancelled`: no more are published.
 */
export const mailingStates = ['previewed', 'confirmed', 'paused', 'published', 'cancelled'] as const;
export const MailingState = z.enum(mailingStates).meta({ id: 'MailingState' });
export type MailingState = z.infer<typeof MailingState>;

/** Whom a person sends something to: the accounts named, or all that fit. */
export const Audience = z.object({
  accounts: z.array(AccountId).optional(),
  integrationTypes: z.array(IntegrationType).optional(),
  launched: z.boolean().optional(),
});
export type Audience = z.infer<typeof Audience>;

/** Who confirmed it: somebody who signed in, or a key. */
export const ConfirmedBy = z
  .object({ kind: z.enum(['staff', 'api-key']), id: z.string(), name: z.string() })
  .meta({ id: 'ConfirmedBy' });
export type ConfirmedBy = z.infer<typeof ConfirmedBy>;

export const MailingCounts = z
  .object({
    accounts: z.int(),
    recipients: z.int().meta({ description: 'Mails: an address of two accounts is two.' }),
    fallingBack: z.int().meta({ description: 'Accounts where nobody of the category itself would be told.' }),
    holes: z.int().meta({ description: 'Accounts where nobody of the partner would be told.' }),
  })
  .meta({ id: 'MailingCounts' });
export type MailingCounts = z.infer<typeof MailingCounts>;

/**
 * Something that a person sends to accounts, stored before anything of it is published: one event an account, with an id
 * made of both. The accounts are frozen; who is told is decided when each event is.
 */
export const Mailing = z.object({
  _id: z.string().meta({ description: 'The token of its preview.' }),
  kind: EventKind,
  data: z.custom<EventData>(),
  audience: Audience,
  /** Of content and audience: what is confirmed has to be what was previewed. */
  askedHash: z.string(),
  counts: MailingCounts,
  by: ConfirmedBy,
  state: MailingState,
  previewedAt: z.date(),
  /** Of a preview: until when it can be confirmed. */
  expiresAt: z.date().optional(),
  confirmedAt: z.date().nullable(),
  /** When to begin; absent: at once. */
  sendAt: z.date().optional(),
  cancelledAt: z.date().optional(),
  /** Since it was cancelled, all that was open has been withdrawn. */
  isTakenBack: z.boolean().optional(),
  /** Of an all-clear: the mailing that it ends. */
  resolves: z.string().optional(),
  resolvedAt: z.date().optional(),
  /** The frozen accounts, in so many parts. */
  list: z.string(),
  parts: z.int(),
  /** The parts before this one are with Kafka. */
  nextPart: z.int(),
});
export type Mailing = z.infer<typeof Mailing>;

/** What of a recipient a person is shown. */
const ShownRecipient = Recipient.pick({ address: true, language: true, step: true, why: true });

/** Who would be told of one account, and why. */
export const AccountPreview = z
  .object({
    account: AccountId,
    contactVersion: z.int().nullable().meta({ description: 'null: nobody knows the account.' }),
    recipients: z.array(ShownRecipient),
    passedOver: z.array(PassedStep),
    isHole: z.boolean().meta({ description: 'Nobody of the partner would be told.' }),
  })
  .meta({ id: 'AccountPreview' });
export type AccountPreview = z.infer<typeof AccountPreview>;

/** Some of the frozen accounts, sorted; together they are never in memory, nor in one document. */
export const MailingPart = z.object({
  _id: z.string().meta({ description: 'The list and the number of the part.' }),
  list: z.string(),
  number: z.int(),
  accounts: z.array(AccountId),
  /** Who would be told, as long as it is only previewed: gone when it is confirmed or has expired. */
  preview: z.array(AccountPreview).optional(),
  expiresAt: z.date().optional(),
});
export type MailingPart = z.infer<typeof MailingPart>;

export const mailingPartId = (list: string, number: number): string => `${list}:${number}`;
