import { z } from 'zod';
import { eventData } from '../events/event-data.js';
import { AccountId, type EventKind, Instant, IntegrationType } from '../words.js';
import { MailingToken } from './mailings.js';

/** What may be sent to many at once: kinds of the bulk lane, where nobody waits for them. */
export const noticeKinds = ['migration-notice'] as const satisfies readonly EventKind[];

/** More than these are reached by what they have in common. */
const mostAccountsNamed = 5_000;

const NoticeContent = z
  .strictObject(eventData['migration-notice'].omit({ resolves: true }).shape)
  .meta({ id: 'NoticeContent' });

const NoticeAudience = z
  .union([
    z.strictObject({ accounts: z.array(AccountId).min(1).max(mostAccountsNamed) }),
    z.strictObject({
      integrationTypes: z.array(IntegrationType).min(1).optional(),
      launched: z.boolean().optional(),
    }),
  ])
  .meta({
    id: 'NoticeAudience',
    description: 'The accounts named, or all that fit; nothing said means all.',
  });

export const NewNotice = z
  .strictObject({
    kind: z.enum(noticeKinds),
    content: NoticeContent,
    audience: NoticeAudience,
    sendAt: Instant.optional().meta({ description: 'When to begin; at once when left out.' }),
  })
  .meta({
    id: 'NewNotice',
    example: {
      kind: 'migration-notice',
      content: { environment: 'production', title: 'Version 2 ends in March' },
      audience: { integrationTypes: ['reservations'], launched: true },
    },
  });
export type NewNotice = z.infer<typeof NewNotice>;

/** The same as was previewed, with the token of the preview. */
export const ConfirmedNotice = NewNotice.extend({ token: MailingToken }).meta({ id: 'ConfirmedNotice' });
export type ConfirmedNotice = z.infer<typeof ConfirmedNotice>;
