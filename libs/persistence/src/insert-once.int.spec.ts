import type { Connection } from 'mongoose';
import type { Dispatch } from '@signalbox/contracts';
import { aDispatch, anEvent, newId } from '@signalbox/testing';
import { insertOnce } from './insert-once.js';
import { dispatchModel } from './models.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;
beforeAll(async () => ({ connection, end } = await openDatabase()));
afterAll(() => end());

const insert = (batch: readonly Dispatch[]) => insertOnce(dispatchModel(connection), batch);
const stored = (ids: readonly string[]) =>
  dispatchModel(connection)
    .find({ _id: { $in: [...ids] } })
    .lean<Dispatch[]>();
const idsOf = (batch: readonly Dispatch[]) => batch.map(({ _id }) => _id);

describe('inserting once', () => {
  it('inserts a batch and answers that nothing was there', async () => {
    const batch = [aDispatch(), aDispatch(), aDispatch()];
    expect([...(await insert(batch))]).toEqual([]);
    expect(await stored(idsOf(batch))).toHaveLength(3);
  });

  it('answers the id of a single duplicate, leaves it as it was, and inserts those before and after it', async () => {
    const first = aDispatch({ accountName: 'as it was' });
    await insert([first]);
    const batch = [aDispatch(), { ...first, accountName: 'another' }, aDispatch()];
    expect([...(await insert(batch))]).toEqual([first._id]);
    const found = await stored(idsOf(batch));
    expect(found).toHaveLength(3);
    expect(found.find(({ _id }) => _id === first._id)?.accountName).toBe('as it was');
  });

  it('answers all ids when everything was there', async () => {
    const batch = [aDispatch(), aDispatch()];
    await insert(batch);
    expect([...(await insert(batch))].sort()).toEqual(idsOf(batch).sort());
  });

  it('counts an id that stands twice in one batch once as inserted and once as there', async () => {
    const twice = aDispatch();
    expect([...(await insert([twice, twice]))]).toEqual([twice._id]);
    expect(await stored([twice._id])).toHaveLength(1);
  });

  it('lets many writers insert the same batch, each document by exactly one of them', async () => {
    const batch = Array.from({ length: 20 }, () => aDispatch());
    const answers = await Promise.all(Array.from({ length: 8 }, () => insert(batch)));
    const insertedBy = answers.map((there) => batch.filter(({ _id }) => !there.has(_id)).length);
    expect(insertedBy.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(await stored(idsOf(batch))).toHaveLength(20);
  });

  it('throws when a document is invalid, so that its batch is not committed', async () => {
    const invalid = { ...aDispatch(), decidedAt: 'no instant' as unknown as Date };
    await expect(insert([aDispatch(), invalid, aDispatch()])).rejects.toThrow(/decidedAt/);
    await expect(insert([invalid])).rejects.toThrow(/decidedAt/);
    expect(await stored([invalid._id])).toEqual([]);
  });

  it('throws when a document is invalid and another is there already: neither hides the other', async () => {
    const there = aDispatch();
    await insert([there]);
    const invalid = { ...aDispatch(), revision: 'no number' as unknown as number };
    await expect(insert([there, invalid])).rejects.toThrow();
  });

  it('refuses a path that the schema does not know instead of leaving it out', async () => {
    const misspelt = { ...aDispatch(), acountName: 'x' };
    await expect(insert([misspelt])).rejects.toThrow(/acountName/);
  });

  it.each([
    '$where',
    'a.b',
    '$a.$b',
    '.',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '_id',
    '0',
    ' ',
  ])('stores the key %j of an event as it came and reads it back', async (key) => {
    const details = JSON.parse(`{ ${JSON.stringify(key)}: "value", "other": "" }`) as Record<string, string>;
    const dispatch = aDispatch({
      event: anEvent({ data: { environment: 'production', title: 't', details } }),
    });
    await insert([dispatch]);
    const [found] = await stored([dispatch._id]);
    expect(JSON.stringify(found?.event.data.details)).toBe(JSON.stringify(details));
  });

  it('keeps empty objects, empty lists and empty texts of an event', async () => {
    const data = { environment: 'production', title: 't', summary: '', details: {}, links: [] } as const;
    const dispatch = aDispatch({ event: anEvent({ data: { ...data, links: [] } }) });
    await insert([dispatch]);
    const [found] = await stored([dispatch._id]);
    expect(found?.event.data).toEqual(data);
  });

  it('does nothing for an empty batch', async () => {
    expect([...(await insert([]))]).toEqual([]);
    expect(await stored([newId()])).toEqual([]);
  });
});
