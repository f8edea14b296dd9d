import type { Connection } from 'mongoose';
import { eventually, newId } from '@signalbox/testing';
import {
  accountMailLimitModel,
  createAccountMailLimits,
  type AccountMailLimit,
} from './account-mail-limits.js';
import { createAccountMailIndexes } from './account-mail-model.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ connection, end } = await openDatabase());
  await createAccountMailIndexes(connection);
});
afterAll(() => end());

const limits = () => createAccountMailLimits(connection);
const perHour = { most: 5, withinMs: 3_600_000 };

it('lets through so many of any number that come at once, for each key', async () => {
  const [one, other] = [newId(), newId()];
  const admitted = await Promise.all(
    Array.from({ length: 60 }, (_, index) => limits().admit(index % 2 === 0 ? one : other, perHour)),
  );
  expect(admitted.filter((is, index) => is && index % 2 === 0)).toHaveLength(5);
  expect(admitted.filter((is, index) => is && index % 2 === 1)).toHaveLength(5);
  expect(await limits().admit(one, perHour)).toBe(false);
});

it('lets through again when the first has left the window, and those turned away do not prolong it', async () => {
  const key = newId();
  const twice = { most: 2, withinMs: 400 };
  expect([await limits().admit(key, twice), await limits().admit(key, twice)]).toEqual([true, true]);
  expect(await limits().admit(key, twice)).toBe(false);
  await eventually(() => limits().admit(key, twice), { everyMs: 20 });
});

it('says how long a key has to wait, which is less and less', async () => {
  const key = newId();
  const once = { most: 1, withinMs: 3_600_000 };
  expect(await limits().againInMs(key, once)).toBe(0);
  await limits().admit(key, once);
  expect(await limits().admit(key, once)).toBe(false);
  const first = await limits().againInMs(key, once);
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(once.withinMs);
  await eventually(async () => (await limits().againInMs(key, once)) < first);
  expect(await limits().againInMs(key, { ...once, most: 2 })).toBe(0);
});

it('forgets a key when nothing in it counts any more', async () => {
  const key = newId();
  await limits().admit(key, perHour);
  const kept = await accountMailLimitModel(connection).findById(key).lean<AccountMailLimit>();
  const [time] = kept?.times ?? [];
  expect((kept?.until.getTime() ?? 0) - (time?.getTime() ?? 0)).toBe(perHour.withinMs);
  expect(await accountMailLimitModel(connection).collection.indexes()).toContainEqual(
    expect.objectContaining({ key: { until: 1 }, expireAfterSeconds: 0 }) as unknown,
  );
});
