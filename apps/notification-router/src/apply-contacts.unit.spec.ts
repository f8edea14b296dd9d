import type { AccountSnapshot } from '@signalbox/contracts';
import { anAccountSnapshot, eventually } from '@signalbox/testing';
import { ApplyContacts, type HeldAccount } from './apply-contacts.js';

const at = (account: string, version: number) => anAccountSnapshot({ account, version });
const elsewhere = (account: string, version: number) =>
  anAccountSnapshot({ account, version, owner: 'somebody-else@platform.example' });

function aWorld(
  held: Readonly<Record<string, number>>,
  registry: (held: readonly HeldAccount[]) => Promise<readonly string[]> = () => Promise.resolve([]),
) {
  const views = new Map(Object.entries(held).map(([account, version]) => [account, at(account, version)]));
  const written: AccountSnapshot[] = [];
  const asked: (readonly HeldAccount[])[] = [];
  const alarms: object[] = [];
  let timesLooked = 0;
  const of = (accounts: readonly string[]) => [...views].filter(([account]) => accounts.includes(account));
  const apply = new ApplyContacts({
    views: {
      versionsOf: (accounts) =>
        Promise.resolve(new Map(of(accounts).map(([account, { version }]) => [account, version]))),
      findMany: (accounts) => {
        timesLooked += 1;
        return Promise.resolve(new Map(of(accounts)));
      },
      applyUpwards: (snapshots) => {
        written.push(...snapshots);
        for (const snapshot of snapshots) views.set(snapshot.account, snapshot);
        return Promise.resolve();
      },
    },
    registry: {
      raiseAbove: (accounts) => {
        asked.push(accounts);
        return registry(accounts);
      },
    },
    log: { warn: () => undefined, error: (line: object) => void alarms.push(line) },
  });
  return { apply, written, asked, alarms, timesLooked: () => timesLooked };
}

/** What was begun in the background without real I/O is over when the event loop has turned. */
const turned = () => new Promise((resolve) => setImmediate(resolve));

describe('a batch of contacts', () => {
  it('is reduced to the highest version of each account before anything is written', async () => {
    const { apply, written, timesLooked } = aWorld({});
    const moved = await apply.execute([at('a', 1), at('b', 7), at('a', 2), at('a', 3)]);
    expect(written).toEqual([at('a', 3), at('b', 7)]);
    expect(moved).toEqual([
      { account: 'a', version: 3 },
      { account: 'b', version: 7 },
    ]);
    await turned();
    expect(timesLooked()).toBe(0);
  });

  it('is applied upwards only, and the registry hears what is held above it', async () => {
    const { apply, written, asked } = aWorld({ a: 5, b: 5 });
    const moved = await apply.execute([at('a', 4), at('b', 6)]);
    expect(written).toEqual([at('b', 6)]);
    expect(moved).toEqual([{ account: 'b', version: 6 }]);
    await eventually(() => asked.length > 0);
    expect(asked).toEqual([[{ account: 'a', heldVersion: 5, differs: false }]]);
  });

  it('whose version is held already writes nothing and is followed all the same: who applied it may have died', async () => {
    const { apply, written, asked } = aWorld({ a: 5 });
    expect(await apply.execute([at('a', 5)])).toEqual([{ account: 'a', version: 5 }]);
    await turned();
    expect(written).toEqual([]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['an older one after a higher one', { a: 3 }, [at('a', 500), at('a', 4)], 500, false],
    ['another one of the version that is held', { a: 5 }, [elsewhere('a', 5)], 5, true],
    ['two of one version', {}, [elsewhere('a', 5), at('a', 5)], 5, true],
    ['an older one than it began with', { a: 4 }, [at('a', 500), at('a', 2)], 500, false],
  ])('that ends with %s is told to the registry', async (_, held, received, heldVersion, differs) => {
    const { apply, asked } = aWorld(held);
    await apply.execute(received);
    await eventually(() => asked.length > 0);
    expect(asked).toEqual([[{ account: 'a', heldVersion, differs }]]);
  });

  it('sounds an alarm for those accounts where the registry was behind, and only for those', async () => {
    const behind = aWorld({ a: 500, b: 5 }, () => Promise.resolve(['a']));
    await behind.apply.execute([at('a', 4), at('b', 4)]);
    await eventually(() => behind.alarms.length > 0);
    expect(behind.alarms).toEqual([
      { event: 'operator.alarm', alarm: 'contacts-went-back', accounts: 1, among: ['a'] },
    ]);

    const redelivered = aWorld({ a: 5 }, () => Promise.resolve([]));
    await redelivered.apply.execute([at('a', 3), at('a', 4)]);
    await eventually(() => redelivered.asked.length > 0);
    await turned();
    expect(redelivered.alarms).toEqual([]);
  });

  it('does not wait for the registry, nor fail with it', async () => {
    let refuse = (_error: Error): void => undefined;
    const pending = new Promise<never>((_, reject) => (refuse = reject));
    const { apply, asked, alarms } = aWorld({ a: 5 }, () => pending);
    await expect(apply.execute([at('a', 4)])).resolves.toEqual([]);
    await eventually(() => asked.length > 0);
    refuse(new Error('away'));
    await expect(pending).rejects.toThrow('away');
    await turned();
    expect(alarms).toEqual([]);
  });

  it('of nothing writes nothing', async () => {
    const { apply, written } = aWorld({ a: 5 });
    expect(await apply.execute([])).toEqual([]);
    expect(written).toEqual([]);
  });
});
