import { setTimeout as wait } from 'node:timers/promises';
import { DelayedError, Worker, type Job } from 'bullmq';
import { DeliveryJob, mailLanes, queueOfLane, queues, type MailLane } from '@signalbox/contracts';
import { createRedis } from './create-redis.js';
import { emergencyPriority, queuePrefix } from './delivery-jobs.js';

/** A job as a handler gets it. */
export interface TakenJob extends DeliveryJob {
  readonly lane: MailLane;
  /** Its emergency came alone; the job of its next attempt keeps that place. */
  readonly single: boolean;
}

/** `done`: the job is over, whatever became of its delivery. `again`: the same job wants to run at that instant. */
export type JobEnd = { readonly done: true } | { readonly again: Date };

export type DeliveryHandler = (job: TakenJob) => Promise<JobEnd>;

export interface DeliveryWorkersOptions {
  /** Hears of every error: Redis away, a handler that threw, a job that nobody can read. Nothing of it ends the process. */
  readonly onError: (error: Error, lane: MailLane) => void;
}

export interface DeliveryWorkers {
  /** Takes no more jobs and resolves when those running have ended. */
  close(): Promise<void>;
}

/** A job whose handler threw runs again after this time: a delivery is never lost by a defect of ours. */
const againAfterErrorMs = 5_000;
/** After its last handler has ended a lane gets so long to tell Redis. */
const closeWithinMs = 2_000;

/**
 * One BullMQ worker a lane, with the concurrency of the queue table. BullMQ retries nothing by itself: a job ends, or
 * asks to run again. A job of a process that died is taken over after at most `lockDuration` + `stalledInterval`.
 * @throws Error when the handlers are not those of the table.
 */
export function createDeliveryWorkers(
  redisUrl: string,
  handlers: Readonly<Partial<Record<MailLane, DeliveryHandler>>>,
  { onError }: DeliveryWorkersOptions,
): DeliveryWorkers {
  const handled = Object.keys(handlers);
  const missing = mailLanes.filter((lane) => handlers[lane] === undefined);
  const unknown = handled.filter((lane) => !(mailLanes as readonly string[]).includes(lane));
  if (missing.length > 0 || unknown.length > 0) {
    throw new Error(
      `The lanes handled differ from the table of queues: missing ${missing.join(', ') || 'none'}, unknown ${unknown.join(', ') || 'none'}.`,
    );
  }
  // A connection a lane: a command that waits in one lane must not stand in front of another lane's.
  const started = Object.entries(handlers).map(([name, handler]) =>
    startLane(redisUrl, name as MailLane, handler, onError),
  );
  const closeAll = async (): Promise<void> => {
    await Promise.all(started.map((lane) => lane.close()));
  };
  let closed: Promise<void> | undefined;
  return { close: () => (closed ??= closeAll()) };
}

function startLane(
  redisUrl: string,
  lane: MailLane,
  handler: DeliveryHandler,
  onError: DeliveryWorkersOptions['onError'],
) {
  const name = queueOfLane[lane];
  const redis = createRedis(redisUrl, 'worker', (error) => onError(error, lane));
  const handling = new Set<Promise<void>>();
  const process = (job: Job<unknown>, token: string | undefined): Promise<void> => {
    const handled = handle(job, lane, handler, onError);
    const ended = handled.then(() => undefined).finally(() => handling.delete(ended));
    handling.add(ended);
    return handled.then((end) => obey(end, job, token));
  };
  const worker = new Worker<unknown>(name, process, {
    connection: redis,
    prefix: queuePrefix(name),
    concurrency: queues[name].concurrency,
    lockDuration: 10_000,
    stalledInterval: 5_000,
    // The default of 1 fails a job for good when its worker is killed twice.
    maxStalledCount: 1_000_000,
    // The default of 15 s would be added to every outage of Redis.
    runRetryDelay: 500,
  });
  // While Redis is away BullMQ tells it at every attempt to reconnect; the connection has told it once.
  worker.on('error', (error) => {
    if (redis.status === 'ready') onError(error, lane);
  });
  return {
    close: async (): Promise<void> => {
      await worker.pause(true);
      await Promise.allSettled(handling);
      // With Redis away BullMQ would wait for it; what was handled is recorded elsewhere, so nobody needs to.
      if (redis.status !== 'ready') await worker.close(true);
      do {
        await within(closeWithinMs, worker.close());
        await Promise.allSettled(handling); // One that was being fetched when the pause began.
      } while (handling.size > 0);
      redis.disconnect();
    },
  };
}

/** Resolves with the promise, or after the time. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const limit = new AbortController();
  const timeUp = wait(ms, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([promise, timeUp]);
  limit.abort();
}

/** What is to become of the job; a handler that throws makes it run again. */
async function handle(
  job: Job<unknown>,
  lane: MailLane,
  handler: DeliveryHandler,
  onError: DeliveryWorkersOptions['onError'],
): Promise<JobEnd> {
  const pointer = DeliveryJob.safeParse(job.data);
  if (!pointer.success) {
    const error = new Error(`job ${job.id} of ${job.queueName} points at no delivery`, {
      cause: pointer.error,
    });
    onError(error, lane);
    return { done: true };
  }
  const single = job.opts.priority === emergencyPriority.single;
  try {
    return await handler({ ...pointer.data, lane, single });
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)), lane);
    return { again: new Date(Date.now() + againAfterErrorMs) };
  }
}

async function obey(end: JobEnd, job: Job<unknown>, token: string | undefined): Promise<void> {
  if ('done' in end) return;
  await job.moveToDelayed(Math.max(end.again.getTime(), Date.now() + 1), token);
  throw new DelayedError();
}
