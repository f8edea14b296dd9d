import type { ApiKeyPrincipal, KeyVerdict } from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';
import { ApiKeys, keyTimesMs } from './api-keys.js';

const principal: ApiKeyPrincipal = { kind: 'api-key', id: 'k-1', name: 'sender', scopes: ['events:send'] };
const minuteMs = 60_000;

/** A registry whose answers a spec decides, and a clock that it turns. */
function setUp() {
  const registry = {
    verdict: { known: true, principal } as KeyVerdict,
    isAway: false,
    asked: [] as string[],
    verify(sha256: string): Promise<KeyVerdict> {
      this.asked.push(sha256);
      return this.isAway ? Promise.reject(new Error('away')) : Promise.resolve(this.verdict);
    },
  };
  const clock = { ms: 0 };
  return { registry, clock, keys: new ApiKeys(registry, () => clock.ms) };
}

/** What was asked in the background has been answered. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the keys that a gateway has seen', () => {
  it('asks once, by hash, however many ask at the same time', async () => {
    const { registry, keys } = setUp();
    const checks = await Promise.all(Array.from({ length: 50 }, () => keys.check('sbx_one')));
    expect(checks.every(({ outcome }) => outcome === 'known')).toBe(true);
    expect(registry.asked).toEqual([sha256Hex('sbx_one')]);
  });

  it('keeps an answer for a minute, and asks again behind the caller before it is stale', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    clock.ms = keyTimesMs.refresh - 1;
    await keys.check('sbx_one');
    expect(registry.asked).toHaveLength(1);
    clock.ms = keyTimesMs.refresh;
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'known', principal });
    expect(registry.asked).toHaveLength(2);
  });

  it('refuses a revoked key 60 s later at the latest', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    registry.verdict = { known: false };
    clock.ms = minuteMs;
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'unknown' });
  });

  it('refuses a key in steady use within a minute of its being revoked', async () => {
    const { registry, clock, keys } = setUp();
    for (clock.ms = 0; clock.ms < 10 * minuteMs; clock.ms += 1_000) {
      await keys.check('sbx_one');
      await settled();
    }
    registry.verdict = { known: false };
    clock.ms += minuteMs;
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'unknown' });
  });

  it('goes on with a known key while the registry is away, for an hour', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    registry.isAway = true;
    clock.ms = keyTimesMs.whileAway - 1;
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'known', principal });
    clock.ms = keyTimesMs.whileAway;
    expect(await keys.check('sbx_one')).toMatchObject({ outcome: 'not-checkable' });
  });

  it('makes nobody wait for a registry that is known to be away, and sees that it is back', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    registry.isAway = true;
    clock.ms = 2 * minuteMs;
    await keys.check('sbx_one');
    registry.verify = (sha256) => {
      registry.asked.push(sha256);
      return new Promise(() => undefined);
    };
    clock.ms += keyTimesMs.betweenFailures;
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'known', principal });
    expect(registry.asked).toHaveLength(3);
  });

  it('a registry that comes back with a no is heard', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    registry.isAway = true;
    clock.ms = 2 * minuteMs;
    await keys.check('sbx_one');
    registry.isAway = false;
    registry.verdict = { known: false };
    clock.ms += keyTimesMs.betweenFailures;
    await keys.check('sbx_one');
    await settled();
    expect(await keys.check('sbx_one')).toEqual({ outcome: 'unknown' });
  });

  it('does not ask a failing registry again for each request', async () => {
    const { registry, clock, keys } = setUp();
    await keys.check('sbx_one');
    registry.isAway = true;
    clock.ms = 2 * minuteMs;
    for (let turn = 0; turn < 20; turn += 1) await keys.check('sbx_one');
    expect(registry.asked).toHaveLength(2);
  });

  it('what was never seen cannot be checked while the registry is away', async () => {
    const { registry, keys } = setUp();
    registry.isAway = true;
    expect(await keys.check('sbx_new')).toMatchObject({ outcome: 'not-checkable' });
    registry.isAway = false;
    expect(await keys.check('sbx_new')).toMatchObject({ outcome: 'known' });
  });

  it('remembers a made-up key for some seconds only, since it may be made next', async () => {
    const { registry, clock, keys } = setUp();
    registry.verdict = { known: false };
    expect(await keys.check('sbx_new')).toEqual({ outcome: 'unknown' });
    expect(await keys.check('sbx_new')).toEqual({ outcome: 'unknown' });
    expect(registry.asked).toHaveLength(1);
    registry.verdict = { known: true, principal };
    clock.ms = keyTimesMs.unknown;
    expect(await keys.check('sbx_new')).toMatchObject({ outcome: 'known' });
  });

  it('no number of made-up keys pushes out a known one', async () => {
    const { registry, keys } = setUp();
    await keys.check('sbx_one');
    registry.verdict = { known: false };
    for (let turn = 0; turn < 10_100; turn += 1) await keys.check(`sbx_${turn}`);
    const asked = registry.asked.length;
    expect(await keys.check('sbx_one')).toMatchObject({ outcome: 'known' });
    expect(registry.asked).toHaveLength(asked);
  });
});
