import { z } from 'zod';
import { DeliveryState } from '../delivery/delivery.js';

/** Both books of protocol section 8, recomputed from stored facts. */
export const Ledger = z
  .object({
    at: z.iso.datetime(),
    difference: z
      .int()
      .meta({ description: 'Sum of the absolute values of both differences; 0 when the books balance.' }),
    accepted: z.int().meta({ description: 'Records in the event topics, read or not.' }),
    waiting: z.int().meta({ description: 'Of these, not decided yet.' }),
    events: z.object({
      difference: z.int(),
      decided: z.int(),
      exceptions: z.int(),
      partitions: z.array(
        z.object({
          topic: z.string(),
          partition: z.int(),
          first: z.int(),
          committed: z.int(),
          dispatches: z.int(),
          exceptions: z.int(),
          difference: z.int(),
        }),
      ),
    }),
    recipients: z.object({
      difference: z.int(),
      decided: z.int(),
      byState: z.record(DeliveryState, z.int()),
    }),
  })
  .meta({ id: 'Ledger' });
export type Ledger = z.infer<typeof Ledger>;
