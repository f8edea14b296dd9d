import { z } from 'zod';
import { DeadLetterState } from '../events/dead-letter.js';
import { ConfirmedBy } from '../mailings/mailing.js';
import { PageQuery } from './accounts.js';

const summary = {
  id: z.string(),
  reason: z.string(),
  from: z.object({
    topic: z.string().meta({ description: 'A topic, or `http:<path>` for what a monitor posted.' }),
    partition: z.int().nullable(),
    offset: z.int().nullable(),
  }),
  failedAt: z.iso.datetime(),
  bytes: z.int().meta({ description: 'How many are kept.' }),
  truncatedFrom: z.int().nullable().meta({ description: 'How many there were, where some were cut off.' }),
  state: DeadLetterState,
  handled: z
    .object({ at: z.iso.datetime(), by: ConfirmedBy, because: z.string().nullable() })
    .nullable()
    .meta({ description: 'Who replayed or discarded it, and why; null: nobody has.' }),
} as const;

export const DeadLetterSummary = z.object(summary).meta({ id: 'DeadLetterSummary' });
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

export const DeadLetterView = z
  .object({
    ...summary,
    key: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    encoding: z.enum(['utf8', 'latin1']).nullable().meta({
      description: '`latin1`: the bytes are no UTF-8, and each is the character of its number.',
    }),
    value: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter', description: 'What could not be read, as it came.' });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLetterList = z
  .object({ items: z.array(DeadLetterSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'DeadLetterList' });
export type DeadLetterList = z.infer<typeof DeadLetterList>;
export const DeadLetterListQuery = PageQuery.extend({
  state: DeadLetterState.optional().meta({ description: 'Left out: all of them.' }),
  reason: z.string().max(100).optional(),
});
export type DeadLetterListQuery = z.infer<typeof DeadLetterListQuery>;

export const DeadLetterDiscard = z
  .strictObject({ because: z.string().trim().min(1).max(500) })
  .meta({ id: 'DeadLetterDiscard', example: { because: 'A test of a new sender.' } });

export const DeadLetterReplays = z
  .strictObject({ ids: z.array(z.string().max(50)).min(1).max(100) })
  .meta({ id: 'DeadLetterReplays', example: { ids: ['0-17', '2-4'] } });
export const DeadLettersReplayed = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        outcome: z.enum(['replayed', 'not-found', 'not-replayable']),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DeadLettersReplayed' });
export type DeadLettersReplayed = z.infer<typeof DeadLettersReplayed>;
