import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  deliveryJobId,
  mailLanes,
  queueOfLane,
  type DeliveryJob,
  type MailLane,
  type QueueName,
} from '@signalbox/contracts';
import { createRedis } from './create-redis.js';

/** A job as it is added. */
export interface NewDeliveryJob extends DeliveryJob {
  readonly lane: MailLane;
  /** Milliseconds until it may run; at once when left out. */
  readonly delayMs?: number;
  /** Its emergency came alone, so it goes before those of a mass one. */
  readonly single?: boolean;
}

/** BullMQ takes lower numbers first; in the other lanes jobs have none and keep their order. */
export const emergencyPriority = { single: 1, mass: 2 } as const;

/** One pipeline to Redis holds so many jobs, so that a large batch does not keep the connection from others. */
const mostJobsAtOnce = 1_000;

/** Present as long as Redis remembers; an empty Redis does not have it, so its absence means that all must be added again. */
const markerKey = 'signalbox:queues-remember';

/** States that signalbox_queue_jobs shows; nothing completed or failed is kept. */
const countedStates = ['waiting', 'prioritized', 'delayed', 'active'] as const;
export type CountedState = (typeof countedStates)[number];

/** The hash tag keeps all keys of a queue in one slot of a Redis Cluster, and the queues apart. */
export const queuePrefix = (name: QueueName): string => `{${name}}`;

/**
 * The producing side of all lanes' queues, over one connection that fails fast. Every call rejects while Redis is away.
 * @param onAway hears of each outage once.
 */
export function createDeliveryJobs(redisUrl: string, onAway?: (error: Error) => void) {
  const redis = createRedis(redisUrl, 'producer', onAway);
  const opened = new Map<QueueName, Promise<Queue<DeliveryJob>>>();

  /** Opened at first use. One that could not be opened is forgotten, since BullMQ would remember the failure for ever. */
  function queueNamed(name: QueueName): Promise<Queue<DeliveryJob>> {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const opening = openQueue(name, redis);
    opened.set(name, opening);
    opening.catch(() => opened.delete(name));
    return opening;
  }

  return {
    /** Adds jobs; one that is known already stays as it is. Not atomic: after an error add the whole batch again. */
    async addAll(jobs: readonly NewDeliveryJob[]): Promise<void> {
      for (const lane of mailLanes) {
        const ofLane = jobs.filter((job) => job.lane === lane);
        for (let from = 0; from < ofLane.length; from += mostJobsAtOnce) {
          const queue = await queueNamed(queueOfLane[lane]);
          await queue.addBulk(ofLane.slice(from, from + mostJobsAtOnce).map(asBulkJob));
        }
      }
    },

    isQueueMarkerPresent: async (): Promise<boolean> => (await redis.exists(markerKey)) === 1,
    setQueueMarker: async (): Promise<void> => void (await redis.set(markerKey, '1')),

    /** Jobs by queue and state. */
    async counts(): Promise<{ queue: QueueName; state: CountedState; jobs: number }[]> {
      const perQueue = await Promise.all(
        Object.values(queueOfLane).map(async (queue) => {
          const counted = await (await queueNamed(queue)).getJobCounts(...countedStates);
          return countedStates.map((state) => ({ queue, state, jobs: counted[state] ?? 0 }));
        }),
      );
      return perQueue.flat();
    },

    /** Rejects when Redis does not answer; for health checks. */
    ping: async (): Promise<void> => void (await redis.ping()),

    async close(): Promise<void> {
      await Promise.allSettled([...opened.values()].map(async (queue) => (await queue).close()));
      redis.disconnect();
    },
  };
}

export type DeliveryJobs = ReturnType<typeof createDeliveryJobs>;

async function openQueue(name: QueueName, redis: Redis): Promise<Queue<DeliveryJob>> {
  const queue = new Queue<DeliveryJob>(name, {
    connection: redis,
    prefix: queuePrefix(name),
    skipWaitingForReady: true, // A producer does not wait for Redis: it fails, and its caller tries again.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', () => undefined); // What happens to the connection is told by the connection.
  await queue.waitUntilReady();
  return queue;
}

function asBulkJob({ lane, delivery, attempt, delayMs, single }: NewDeliveryJob) {
  const data: DeliveryJob = { delivery, attempt };
  return {
    name: 'deliver',
    data,
    opts: {
      jobId: deliveryJobId(data),
      ...(delayMs !== undefined && delayMs > 0 && { delay: Math.round(delayMs) }),
      ...(lane === 'emergency' && {
        priority: single === true ? emergencyPriority.single : emergencyPriority.mass,
      }),
    },
  };
}
