import type { AccountSnapshot } from '@signalbox/contracts';
import { createLog } from '@signalbox/runtime';
import { anAccountSnapshot } from '@signalbox/testing';
import { ContactsInForce } from './contacts-in-force.js';

const log = createLog('spec', { level: 'silent' });
const at = (account: string, version: number) => anAccountSnapshot({ account, version });

/** The account `a7…` lies in partition 7. */
const partitionOf = (account: string): number => Number(account.slice(1, 2));

/** Kafka, the views and the registry of one spec, each remembering what it was asked. */
function aWorld(world: {
  /** What each look at the offsets answers; the last one goes on. An error is thrown. */
  readonly behind?: readonly (readonly number[] | Error)[];
  readonly views?: readonly AccountSnapshot[];
  readonly registry?: readonly AccountSnapshot[] | Error;
  /** Runs at each look at the offsets: what the contacts consumer does meanwhile. */
  readonly meanwhile?: (look: number, views: Map<string, AccountSnapshot>) => void;
  readonly waitMs?: number;
}) {
  const { behind = [[]], registry = [], meanwhile, waitMs = 60 } = world;
  const views = new Map((world.views ?? []).map((snapshot) => [snapshot.account, snapshot]));
  const looks: number[][] = [];
  const asked: string[][] = [];
  const applied: AccountSnapshot[] = [];
  const contacts = new ContactsInForce(
    {
      behindFor: (partitions) => {
        looks.push([...partitions]);
        meanwhile?.(looks.length, views);
        const answer = behind[Math.min(looks.length, behind.length) - 1] ?? [];
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve(partitions.filter((partition) => answer.includes(partition)));
      },
    },
    {
      findMany: (accounts) =>
        Promise.resolve(new Map([...views].filter(([account]) => accounts.includes(account)))),
      applyUpwards: (snapshots) => {
        applied.push(...snapshots);
        return Promise.resolve();
      },
    },
    {
      snapshots: (accounts) => {
        asked.push([...accounts]);
        return registry instanceof Error ? Promise.reject(registry) : Promise.resolve(registry);
      },
    },
    { partitionOf, waitMs, log },
  );
  return { contacts, looks, asked, applied };
}

describe('contacts whose partitions are applied', () => {
  it('are those of the views, and the registry is not asked', async () => {
    const { contacts, looks, asked } = aWorld({ views: [at('a1', 3), at('a2', 5)] });
    const now = await contacts.forAccounts(['a1', 'a2', 'a1']);
    expect(now.of('a1')?.version).toBe(3);
    expect(now.of('a2')?.version).toBe(5);
    expect(now.mayBeStale('a1')).toBe(false);
    expect(looks).toEqual([[1, 2]]);
    expect(asked).toEqual([]);
  });

  it('are read after the offsets: what was applied while the offsets were compared is used', async () => {
    const { contacts } = aWorld({
      views: [at('a1', 3)],
      meanwhile: (_look, views) => views.set('a1', at('a1', 4)),
    });
    expect((await contacts.forAccounts(['a1'])).of('a1')?.version).toBe(4);
  });
});

describe('contacts whose partition is behind', () => {
  it('for a moment are waited for, asking again only about that partition, and the registry is not asked', async () => {
    const { contacts, looks, asked } = aWorld({
      behind: [[1], [1], []],
      views: [at('a1', 3), at('a2', 5)],
      meanwhile: (look, views) => look === 3 && views.set('a1', at('a1', 4)),
      waitMs: 10_000,
    });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect(now.of('a1')?.version).toBe(4);
    expect(now.mayBeStale('a1')).toBe(false);
    expect(looks).toEqual([[1, 2], [1], [1]]);
    expect(asked).toEqual([]);
  });

  it('for longer than the limit are asked of the registry, for just those accounts, and applied', async () => {
    const { contacts, asked, applied } = aWorld({
      behind: [[1]],
      views: [at('a1', 3), at('a1b', 3), at('a2', 5)],
      registry: [at('a1', 8), at('a1b', 3)],
    });
    const now = await contacts.forAccounts(['a1', 'a1b', 'a2']);
    expect(asked).toEqual([['a1', 'a1b']]);
    expect(applied).toEqual([at('a1', 8), at('a1b', 3)]);
    expect(now.of('a1')?.version).toBe(8);
    expect(now.of('a2')?.version).toBe(5);
    for (const account of ['a1', 'a1b', 'a2']) expect(now.mayBeStale(account)).toBe(false);
  });

  it('do not go back when the registry answers an older version than the view has', async () => {
    const { contacts } = aWorld({ behind: [[1]], views: [at('a1', 9)], registry: [at('a1', 8)] });
    expect((await contacts.forAccounts(['a1'])).of('a1')?.version).toBe(9);
  });

  it('are those of the views, and may be stale, when the registry is away too; the others are not', async () => {
    const { contacts } = aWorld({
      behind: [[1]],
      views: [at('a1', 3), at('a2', 5)],
      registry: new Error('away'),
    });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect(now.of('a1')?.version).toBe(3);
    expect(now.mayBeStale('a1')).toBe(true);
    expect(now.of('a2')?.version).toBe(5);
    expect(now.mayBeStale('a2')).toBe(false);
  });
});

describe('when the offsets cannot be learnt', () => {
  it('every partition counts as behind, and the registry is asked without waiting', async () => {
    const { contacts, looks, asked } = aWorld({
      behind: [new Error('no broker')],
      views: [at('a1', 3), at('a2', 5)],
      registry: [at('a1', 4), at('a2', 5)],
      waitMs: 60_000,
    });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect(looks).toHaveLength(1);
    expect(asked).toEqual([['a1', 'a2']]);
    expect(now.of('a1')?.version).toBe(4);
    expect(now.mayBeStale('a1')).toBe(false);
  });

  it('nor the registry, everything may be stale', async () => {
    const { contacts } = aWorld({
      behind: [new Error('no broker')],
      views: [at('a1', 3)],
      registry: new Error('away'),
    });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect([now.mayBeStale('a1'), now.mayBeStale('a2')]).toEqual([true, true]);
    expect([now.of('a1')?.version, now.of('a2')]).toEqual([3, null]);
  });

  it('after a while of being behind, what was still behind counts so, and nothing else', async () => {
    const { contacts, asked } = aWorld({
      behind: [[1], new Error('no broker')],
      views: [at('a1', 3), at('a2', 5)],
      registry: [at('a1', 4)],
      waitMs: 10_000,
    });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect(asked).toEqual([['a1']]);
    expect(now.of('a1')?.version).toBe(4);
  });
});

describe('an account without a view', () => {
  it('is asked of the registry before it is called unknown', async () => {
    const { contacts, asked, applied } = aWorld({ views: [at('a2', 5)], registry: [at('a1', 1)] });
    const now = await contacts.forAccounts(['a1', 'a2']);
    expect(asked).toEqual([['a1']]);
    expect(applied).toEqual([at('a1', 1)]);
    expect(now.of('a1')?.version).toBe(1);
  });

  it('that the registry does not have either is unknown, and not stale', async () => {
    const { contacts } = aWorld({ registry: [] });
    const now = await contacts.forAccounts(['a1']);
    expect(now.of('a1')).toBeNull();
    expect(now.mayBeStale('a1')).toBe(false);
  });

  it('is unknown and may be stale when the registry is away', async () => {
    const { contacts } = aWorld({ registry: new Error('away') });
    const now = await contacts.forAccounts(['a1']);
    expect(now.of('a1')).toBeNull();
    expect(now.mayBeStale('a1')).toBe(true);
  });
});
