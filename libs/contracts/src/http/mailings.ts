import { z } from 'zod';
import { AccountPreview, ConfirmedBy, MailingCounts, MailingState } from '../mailings/mailing.js';
import { AccountId, EventKind } from '../words.js';

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

export const MailingView = z
  .object({
    id: z.string(),
    kind: EventKind,
    title: z.string(),
    state: MailingState,
    by: ConfirmedBy,
    confirmedAt: z.iso.datetime(),
    counts: MailingCounts.meta({ description: 'As it was confirmed; who is told is decided at sending.' }),
    published: z.int().meta({ description: 'Accounts whose event is with Kafka.' }),
  })
  .meta({ id: 'MailingView' });
export type MailingView = z.infer<typeof MailingView>;
