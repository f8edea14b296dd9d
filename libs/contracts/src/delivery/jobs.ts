import { z } from 'zod';

/** A job is a pointer: everything else is read from the delivery, or the account mail, when the job runs. */
export const DeliveryJob = z.object({ delivery: z.string(), attempt: z.int().min(1) }).meta({
  id: 'DeliveryJob',
  description: 'One attempt at one delivery, or at one account mail in its queue.',
});
export type DeliveryJob = z.infer<typeof DeliveryJob>;

/** An id per attempt, because BullMQ swallows a job whose id it still knows. */
export const deliveryJobId = (job: DeliveryJob): string => `${job.delivery}-${job.attempt}`;
