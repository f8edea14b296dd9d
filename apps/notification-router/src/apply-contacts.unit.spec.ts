import type { AccountSnapshot } from '@signalbox/contracts';
import { createLog } from '@signalbox/runtime';
import { anAccountSnapshot } from '@signalbox/testing';
import { ApplyContacts } from './apply-contacts.js';

const log = createLog('spec', { level: 'silent' });
const at = (account: string, version: number) => anAccountSnapshot({ account, version });

function aWorld(
  held: Readonly<Record<string, number>>,
  markDirty: () => Promise<void> = () => Promise.resolve(),
) {
  const written: AccountSnapshot[] = [];
  const asked: string[][] = [];
  const apply = new ApplyContacts({
    views: {
      versionsOf: (accounts) =>
        Promise.resolve(new Map(Object.entries(held).filter(([account]) => accounts.includes(account)))),
      applyUpwards: (snapshots) => {
        written.push(...snapshots);
        return Promise.resolve();
      },
    },
    registry: {
      markDirty: (accounts) => {
        asked.push([...accounts]);
        return markDirty();
      },
    },
    log,
  });
  return { apply, written, asked };
}

describe('a batch of contacts', () => {
  it('is reduced to the highest version of each account before anything is written', async () => {
    const { apply, written } = aWorld({});
    const moved = await apply.execute([at('a', 1), at('b', 7), at('a', 3), at('a', 2)]);
    expect(written).toEqual([at('a', 3), at('b', 7)]);
    expect(moved).toEqual([
      { account: 'a', version: 3 },
      { account: 'b', version: 7 },
    ]);
  });

  it('is applied upwards only, and who is behind what is held is asked for again', async () => {
    const { apply, written, asked } = aWorld({ a: 5, b: 5 });
    const moved = await apply.execute([at('a', 4), at('b', 6)]);
    expect(written).toEqual([at('b', 6)]);
    expect(moved).toEqual([{ account: 'b', version: 6 }]);
    expect(asked).toEqual([['a']]);
  });

  it('whose version is held already writes nothing and is followed all the same: who applied it may have died', async () => {
    const { apply, written, asked } = aWorld({ a: 5 });
    expect(await apply.execute([at('a', 5)])).toEqual([{ account: 'a', version: 5 }]);
    expect(written).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('does not wait for the registry, nor fail with it', async () => {
    let refuse = (_error: Error): void => undefined;
    const pending = new Promise<void>((_, reject) => (refuse = reject));
    const { apply, asked } = aWorld({ a: 5 }, () => pending);
    await expect(apply.execute([at('a', 4)])).resolves.toEqual([]);
    expect(asked).toEqual([['a']]);
    refuse(new Error('away'));
    await expect(pending).rejects.toThrow('away');
  });

  it('of nothing writes nothing', async () => {
    const { apply, written } = aWorld({ a: 5 });
    expect(await apply.execute([])).toEqual([]);
    expect(written).toEqual([]);
  });
});
