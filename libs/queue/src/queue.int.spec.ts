import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { mailLanes, type MailLane } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { checkRedisPolicy } from './check-redis-policy.js';
import { createRedis } from './create-redis.js';
import { createDeliveryJobs, type DeliveryJobs, type NewDeliveryJob } from './delivery-jobs.js';
import {
  createDeliveryWorkers,
  type DeliveryHandler,
  type DeliveryWorkers,
  type TakenJob,
} from './delivery-workers.js';

// A database of Redis of its own: other specs empty theirs and count what is in them.
const url = `${process.env.REDIS_URL ?? ''}/11`;
let jobs: DeliveryJobs;
let redis: Redis;
const running: DeliveryWorkers[] = [];

beforeEach(async () => {
  redis = createRedis(url, 'worker');
  await redis.flushdb();
  jobs = createDeliveryJobs(url);
  await eventually(() => jobs.ping().then(() => true));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((workers) => workers.close()));
  await jobs.close();
  redis.disconnect();
});

const newId = (): string => randomUUID().replaceAll('-', '');
const job = (lane: MailLane, changes: Partial<NewDeliveryJob> = {}): NewDeliveryJob => ({
  lane,
  delivery: newId(),
  attempt: 1,
  ...changes,
});

/** Workers of all lanes with one handler; answers what it was called with, in order. */
function startWorkers(
  handler: DeliveryHandler = () => Promise.resolve({ done: true }),
  onError: (error: Error) => void = () => undefined,
): { taken: TakenJob[]; workers: DeliveryWorkers } {
  const taken: TakenJob[] = [];
  const handle: DeliveryHandler = (each) => {
    taken.push(each);
    return handler(each);
  };
  const workers = createDeliveryWorkers(
    url,
    { emergency: handle, standard: handle, bulk: handle, account: handle },
    { onError },
  );
  running.push(workers);
  return { taken, workers };
}

const jobsInRedis = async (): Promise<number> =>
  (await jobs.counts()).reduce((sum, counted) => sum + counted.jobs, 0);

it('runs the jobs of each lane once and keeps nothing of them', async () => {
  const added = mailLanes.flatMap((lane) => Array.from({ length: 50 }, () => job(lane)));
  await jobs.addAll(added);
  expect(await jobsInRedis()).toBe(200);
  const { taken } = startWorkers();
  await eventually(async () => (await jobsInRedis()) === 0);
  expect(taken.map(({ delivery }) => delivery).sort()).toEqual(added.map(({ delivery }) => delivery).sort());
  expect(await redis.keys('*:[0-9a-f]*-1')).toEqual([]);
});

it('adds a job once however often it is added, and again for its next attempt or once it has ended', async () => {
  const first = job('standard');
  await jobs.addAll([first, first]);
  await jobs.addAll([first, { ...first, attempt: 2 }]);
  expect(await jobsInRedis()).toBe(2);
  const { taken } = startWorkers();
  await eventually(async () => (await jobsInRedis()) === 0);
  await jobs.addAll([first]);
  await eventually(() => taken.length === 3);
});

it('takes a single emergency before a mass one that was there first', async () => {
  const mass = Array.from({ length: 30 }, () => job('emergency'));
  const alone = job('emergency', { single: true });
  await jobs.addAll(mass);
  await jobs.addAll([alone]);
  const { taken } = startWorkers();
  await eventually(() => taken.length === 31);
  expect(taken[0]).toEqual({ delivery: alone.delivery, attempt: 1, lane: 'emergency', single: true });
  expect(taken.filter(({ single }) => single)).toHaveLength(1);
});

it('holds a delayed job back, and runs a job again that asked for it', async () => {
  const delayed = job('standard', { delayMs: 400 });
  await jobs.addAll([delayed]);
  const addedAt = Date.now();
  const ranAt: number[] = [];
  const { taken } = startWorkers(() => {
    ranAt.push(Date.now());
    return Promise.resolve(ranAt.length === 1 ? { again: new Date(Date.now() + 300) } : { done: true });
  });
  await eventually(() => taken.length === 2);
  const [first = 0, second = 0] = ranAt;
  expect(first - addedAt).toBeGreaterThanOrEqual(395);
  expect(second - first).toBeGreaterThanOrEqual(295);
  await eventually(async () => (await jobsInRedis()) === 0);
});

it('does not lose a job whose handler threw: it waits to run again', async () => {
  const errors: string[] = [];
  await jobs.addAll([job('bulk')]);
  startWorkers(
    () => Promise.reject(new Error('the database is away')),
    (error) => errors.push(error.message),
  );
  await eventually(async () =>
    (await jobs.counts()).some(
      ({ queue, state, jobs: n }) => queue === 'email-bulk' && state === 'delayed' && n === 1,
    ),
  );
  expect(errors).toEqual(['the database is away']);
});

it('waits for running jobs when it is closed, and takes no further ones', async () => {
  await jobs.addAll(Array.from({ length: 40 }, () => job('bulk')));
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let ended = 0;
  const { taken, workers } = startWorkers(async () => {
    await gate;
    ended += 1;
    return { done: true };
  });
  await eventually(() => taken.length === 10); // The bulk lane's concurrency.
  const closed = workers.close().then(() => ended);
  letGo();
  expect(await closed).toBe(10);
  expect(taken).toHaveLength(10);
  expect(await jobsInRedis()).toBe(30);
});

it('goes on after Redis has forgotten everything in the middle of a job', async () => {
  await jobs.addAll([job('standard')]);
  await jobs.setQueueMarker();
  expect(await jobs.isQueueMarkerPresent()).toBe(true);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const { taken } = startWorkers(async () => {
    await gate;
    return { done: true };
  });
  await eventually(() => taken.length === 1);
  await redis.flushdb();
  expect(await jobs.isQueueMarkerPresent()).toBe(false);
  letGo();
  await jobs.addAll([job('standard'), job('emergency')]);
  await eventually(() => taken.length === 3);
});

it('fails fast while Redis is away', async () => {
  const nobody = createDeliveryJobs('redis://127.0.0.1:1');
  const startedAt = performance.now();
  await expect(nobody.addAll([job('emergency')])).rejects.toThrow();
  await expect(nobody.ping()).rejects.toThrow();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await nobody.close();
});

it('closes although Redis is away', async () => {
  const handler: DeliveryHandler = () => Promise.resolve({ done: true });
  const away: string[] = [];
  const workers = createDeliveryWorkers(
    'redis://127.0.0.1:1',
    { emergency: handler, standard: handler, bulk: handler, account: handler },
    { onError: (_, lane) => away.push(lane) },
  );
  await eventually(() => away.length > 0);
  await workers.close();
  expect(away.sort()).toEqual(['account', 'bulk', 'emergency', 'standard']); // Told once a lane, however often it was tried.
});

it('keeps the keys of each queue under a hash tag of its own, for Redis Cluster', async () => {
  await jobs.addAll(mailLanes.map((lane) => job(lane)));
  const tags = (await redis.keys('*email-*')).map((key) => /^\{(email-[a-z]+)\}:\1:/.exec(key)?.[1]);
  expect([...new Set(tags)].sort()).toEqual([
    'email-account',
    'email-bulk',
    'email-emergency',
    'email-standard',
  ]);
});

it.each(['bulk', 'account'] as const)('refuses to start when the lane %s has no handler', (lane) => {
  const handler: DeliveryHandler = () => Promise.resolve({ done: true });
  const { [lane]: _, ...others } = { emergency: handler, standard: handler, bulk: handler, account: handler };
  expect(() => createDeliveryWorkers(url, others, { onError: () => undefined })).toThrow(`missing ${lane}`);
});

it('accepts a Redis that keeps what it is given', async () => {
  await expect(checkRedisPolicy(redis)).resolves.toBeUndefined();
});
