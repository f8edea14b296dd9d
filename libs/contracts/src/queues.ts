import type { MailLane } from './words.js';
import { DeliveryJob } from './delivery/jobs.js';

/**
 * One queue a lane. The name is hash-tagged through BullMQ's prefix so that all keys of a queue share a Redis Cluster
 * slot. `concurrency` is also the size of the lane's SMTP pool, so nothing waits inside nodemailer.
 */
export const queues = {
  'email-emergency': { lane: 'emergency', concurrency: 10, job: DeliveryJob },
  'email-standard': { lane: 'standard', concurrency: 20, job: DeliveryJob },
  'email-bulk': { lane: 'bulk', concurrency: 10, job: DeliveryJob },
  'email-account': { lane: 'account', concurrency: 10, job: DeliveryJob },
} as const satisfies Record<string, { lane: MailLane; concurrency: number; job: typeof DeliveryJob }>;
export type QueueName = keyof typeof queues;

/** The queue of a lane. */
export const queueOfLane = {
  emergency: 'email-emergency',
  standard: 'email-standard',
  bulk: 'email-bulk',
  account: 'email-account',
} as const satisfies Record<MailLane, QueueName>;
