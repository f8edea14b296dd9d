// @signalbox/queue: BullMQ, one queue a lane, and one for account mails. A job is a pointer to one attempt at one mail; attempts, due times and
// outcomes live in the delivery, so that Redis may vanish and BullMQ never retries anything by itself.
// It may import contracts and runtime, never domain or another adapter.
export * from './check-redis-policy.js';
export * from './create-redis.js';
export * from './delivery-jobs.js';
export * from './delivery-workers.js';
