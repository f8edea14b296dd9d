import { readiness } from './health.js';

const fine = () => Promise.resolve();
const never = () => new Promise<void>(() => undefined);

describe('readiness', () => {
  it('is given when every check passes', async () => {
    const answer = await readiness({ checks: { mongo: fine, redis: fine }, isDraining: () => false });
    expect(answer).toEqual({
      ready: true,
      draining: false,
      checks: [
        { name: 'mongo', ok: true },
        { name: 'redis', ok: true },
      ],
    });
  });

  it('names what failed and why, and neither credentials nor addresses', async () => {
    const refused = () => Promise.reject(new Error('connect ECONNREFUSED redis://app:pw@cache:6379'));
    const throws = () => {
      throw new Error('no client');
    };
    const answer = await readiness({
      checks: { redis: refused, kafka: throws, mongo: fine },
      isDraining: () => false,
    });
    expect(answer.ready).toBe(false);
    expect(answer.checks).toMatchObject([
      { name: 'redis', ok: false, why: expect.stringContaining('ECONNREFUSED') as string },
      { name: 'kafka', ok: false, why: 'no client' },
      { name: 'mongo', ok: true },
    ]);
    expect(JSON.stringify(answer)).not.toContain('pw');
  });

  it('waits for all checks together no longer than one may take', async () => {
    const startedMs = performance.now();
    const answer = await readiness({ checks: { a: never, b: never }, isDraining: () => false }, 50);
    expect(performance.now() - startedMs).toBeLessThan(95);
    expect(answer.checks[0]).toEqual({ name: 'a', ok: false, why: 'no answer within 50 ms' });
  });

  it('ends once the process drains, however well the engines are', async () => {
    expect(await readiness({ checks: { mongo: fine }, isDraining: () => true })).toMatchObject({
      ready: false,
      draining: true,
    });
  });
});
