import { z } from 'zod';
import { Category, EventKind, Lane } from '../words.js';
import { finalDeliveryStates } from './delivery.js';

export const deliveryOutcomeType = 'io.signalbox.delivery-outcome.v1';

/** One finished delivery, without any address in it. Published at least once; the CloudEvents id is the delivery's. */
export const DeliveryOutcome = z
  .object({
    delivery: z.string(),
    event: z.object({ source: z.string(), id: z.string() }),
    account: z.string(),
    kind: EventKind,
    category: Category,
    lane: Lane,
    outcome: z.enum(finalDeliveryStates),
    reason: z.string().optional(),
    attempts: z.int(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'DeliveryOutcome' });
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;
