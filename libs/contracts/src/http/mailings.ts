import { z } from 'zod';
import { AccountPreview, ConfirmedBy, MailingCounts, MailingState } from '../mailings/mailing.js';
import { AcknowledgementView } from './acknowledgements.js';
import { DeliveryState } from '../delivery/delivery.js';
import { EventReference } from '../events/event-data.js';
import { ChainStep, DispatchState, RecipientReason } from '../routing/reasons.js';
import { AccountId, Environment, EventKind } from '../words.js';

// What is common to all that a person sends to accounts: first a preview, then its token confirms it.

export const MailingToken = z.string().min(1).max(100);

/** A mail as it would be sent; its link to acknowledge is nobody's. */
export const SampleMail = z
  .object({
    language: z.string(),
    account: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
  })
  .meta({ id: 'SampleMail' });
export type SampleMail = z.infer<typeof SampleMail>;

export const MailingPreview = z
  .object({
    token: z.string().meta({ description: 'Confirms just this, for the same operator, until it expires.' }),
    expiresAt: z.iso.datetime(),
    counts: MailingCounts,
    holes: z.array(AccountId).meta({ description: 'The first of the accounts that have one.' }),
    accounts: z.object({ items: z.array(AccountPreview), nextCursor: z.string().nullable() }).meta({
      description: 'The first page; the others are asked for by the token.',
    }),
    mails: z.array(SampleMail).meta({ description: 'One in each language that occurs.' }),
  })
  .meta({ id: 'MailingPreview', description: 'Who would be told now, and the mail; nothing is sent.' });
export type MailingPreview = z.infer<typeof MailingPreview>;

export const AccountPreviewList = z
  .object({ items: z.array(AccountPreview), nextCursor: z.string().nullable() })
  .meta({ id: 'AccountPreviewList' });
export type AccountPreviewList = z.infer<typeof AccountPreviewList>;

/** One account whose recipients are others than in the preview. */
export const RecipientsChange = z
  .object({
    account: AccountId,
    before: z.array(z.string()).nullable().meta({ description: 'null: the account was not among them.' }),
    now: z.array(z.string()).nullable(),
  })
  .meta({ id: 'RecipientsChange' });
export type RecipientsChange = z.infer<typeof RecipientsChange>;

const mailingView = {
  id: z.string(),
  kind: EventKind,
  title: z.string(),
  environment: Environment,
  state: MailingState,
  by: ConfirmedBy,
  confirmedAt: z.iso.datetime(),
  sendAt: z.iso.datetime().nullable(),
  counts: MailingCounts.meta({ description: 'As it was confirmed; who is told is decided at sending.' }),
  published: z.int().meta({ description: 'Accounts whose event is with Kafka.' }),
  resolves: z.string().nullable().meta({ description: 'Of an all-clear: what it ends.' }),
  resolvedAt: z.iso.datetime().nullable(),
} as const;

export const MailingView = z.object(mailingView).meta({ id: 'MailingView' });
export type MailingView = z.infer<typeof MailingView>;

export const MailingList = z
  .object({ items: z.array(MailingView), nextCursor: z.string().nullable() })
  .meta({ id: 'MailingList' });
export type MailingList = z.infer<typeof MailingList>;

export const MailingProgress = z
  .object({
    events: z.partialRecord(DispatchState, z.int()),
    deliveries: z.partialRecord(DeliveryState, z.int()),
    acknowledged: z.int().meta({ description: 'Events of which somebody has said that they are on it.' }),
  })
  .meta({ id: 'MailingProgress', description: 'How many are in each state by now.' });
export type MailingProgress = z.infer<typeof MailingProgress>;

export const MailingReport = z
  .object({ ...mailingView, progress: MailingProgress })
  .meta({ id: 'MailingReport' });
export type MailingReport = z.infer<typeof MailingReport>;

/** What became of one account's event. */
export const AccountResult = z
  .object({
    account: AccountId,
    event: EventReference,
    state: DispatchState.nullable().meta({ description: 'null: it is not decided yet.' }),
    reason: z.string().nullable().meta({ description: 'Why nobody is told; null when somebody is.' }),
    acknowledgement: AcknowledgementView.nullable(),
    recipients: z.array(
      z.object({ address: z.string(), step: ChainStep, why: RecipientReason, state: DeliveryState }),
    ),
  })
  .meta({ id: 'AccountResult' });
export type AccountResult = z.infer<typeof AccountResult>;

export const AccountResultList = z
  .object({ items: z.array(AccountResult), nextCursor: z.string().nullable() })
  .meta({ id: 'AccountResultList' });
export type AccountResultList = z.infer<typeof AccountResultList>;
