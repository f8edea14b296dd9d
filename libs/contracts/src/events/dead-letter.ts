import { z } from 'zod';
import { ConfirmedBy } from '../mailings/mailing.js';

export const deadLetterStates = ['open', 'replayed', 'discarded'] as const;
export const DeadLetterState = z.enum(deadLetterStates).meta({ id: 'DeadLetterState' });
export type DeadLetterState = z.infer<typeof DeadLetterState>;

/** What somebody has done about a letter. */
export const DeadLetterHandled = z.object({
  at: z.date(),
  by: ConfirmedBy,
  /** Why it was discarded; null for one that was replayed. */
  because: z.string().nullable(),
});
export type DeadLetterHandled = z.infer<typeof DeadLetterHandled>;

/** Bytes as a text: their own where they are UTF-8, else one character a byte. */
const EncodedBytes = z.object({ encoding: z.enum(['utf8', 'latin1']), text: z.string() });
export type EncodedBytes = z.infer<typeof EncodedBytes>;

/** A record of the dead-letter topic, kept for people. */
export const DeadLetter = z.object({
  _id: z.string().meta({ description: 'Where it stands in the dead-letter topic: partition and offset.' }),
  reason: z.string(),
  /** Where it came from; `http:<path>` has neither partition nor offset. */
  from: z.object({ topic: z.string(), partition: z.int().nullable(), offset: z.int().nullable() }),
  failedAt: z.date(),
  key: z.string().nullable(),
  /** As they came, without ours. */
  headers: z.array(EncodedBytes.extend({ name: z.string() })),
  value: EncodedBytes.nullable(),
  /** How many bytes there were, where some had to be cut off. */
  truncatedFrom: z.int().nullable(),
  state: DeadLetterState,
  handled: DeadLetterHandled.nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
