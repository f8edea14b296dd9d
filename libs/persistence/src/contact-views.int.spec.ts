import type { Connection } from 'mongoose';
import { anAccountSnapshot, newId } from '@signalbox/testing';
import { createContactViews } from './contact-views.js';
import { openDatabase } from './real-mongo.spec.js';

let connection: Connection;
let end: () => Promise<void>;
beforeAll(async () => ({ connection, end } = await openDatabase()));
afterAll(() => end());

/** A router's view of the contacts; each has its own, as each process does. */
const views = () => createContactViews(connection);
const at = (account: string, version: number) =>
  anAccountSnapshot({ account, version, name: `version ${version}` });
const held = async (account: string) => (await views().findMany([account])).get(account);

describe('the contacts that are applied', () => {
  it('are absent for an account that was never seen', async () => {
    expect(await views().findMany([newId()])).toEqual(new Map());
    expect(await views().versionsOf([newId()])).toEqual(new Map());
  });

  it('are the snapshot as it came, texts that look like fields of the database included', async () => {
    const account = newId();
    const snapshot = anAccountSnapshot({ account, name: '$name', owner: null });
    await views().applyUpwards([snapshot]);
    expect(await held(account)).toEqual(snapshot);
  });

  it('never go back: an older and an equal version change nothing', async () => {
    const account = newId();
    await views().applyUpwards([at(account, 5)]);
    await views().applyUpwards([at(account, 4)]);
    await views().applyUpwards([{ ...at(account, 5), name: 'another text of version 5' }]);
    expect(await held(account)).toEqual(at(account, 5));
    expect(await views().versionsOf([account])).toEqual(new Map([[account, 5]]));
  });

  it('go up in the rest of a batch that holds an older one too', async () => {
    const [up, down, fresh] = [newId(), newId(), newId()];
    await views().applyUpwards([at(up, 1), at(down, 9)]);
    await views().applyUpwards([at(up, 2), at(down, 8), at(fresh, 1)]);
    expect(await views().versionsOf([up, down, fresh])).toEqual(
      new Map([
        [up, 2],
        [down, 9],
        [fresh, 1],
      ]),
    );
  });

  it('never go back under 50 parallel writers, whatever a reader sees in between', async () => {
    const account = newId();
    const versions = Array.from({ length: 50 }, (_, index) => ((index * 37) % 50) + 1);
    let isWriting = true;
    const reading = (async () => {
      const seen: number[] = [];
      while (isWriting) seen.push((await views().versionsOf([account])).get(account) ?? 0);
      return seen;
    })();
    await Promise.all(versions.map((version) => views().applyUpwards([at(account, version)])));
    isWriting = false;
    const seen = await reading;
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(await held(account)).toEqual(at(account, 50));
  });

  it('end at the highest version when writers meet at accounts that nobody has seen before', async () => {
    // Whoever comes first decides which upsert fails, so the newest takes every place once, on accounts of its own.
    const last = 10;
    for (let place = 0; place < last; place++) {
      const accounts = Array.from({ length: 20 }, () => newId());
      const versions = Array.from({ length: last }, (_, index) => ((index + place) % last) + 1);
      await Promise.all(
        versions.map((version) => views().applyUpwards(accounts.map((account) => at(account, version)))),
      );
      const applied = await views().versionsOf(accounts);
      expect([...applied.values()]).toEqual(accounts.map(() => last));
    }
  });
});
