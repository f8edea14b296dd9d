import { restartUnasked } from './restart-unasked.js';

describe('a process that ends unasked', () => {
  const setUp = (isWanted = true) => {
    const told = { starts: 0, restarts: 0, lines: [] as string[], gaveUp: [] as string[] };
    let now = 0;
    const ended = restartUnasked({
      name: 'gateway',
      isWanted: () => isWanted,
      start: () => Promise.resolve(void (told.starts += 1)),
      pid: () => 12,
      onLine: (line) => told.lines.push(line),
      onGiveUp: (reason) => told.gaveUp.push(reason),
      onRestarted: () => (told.restarts += 1),
      nowMs: () => now,
    });
    return { told, ended, passSeconds: (seconds: number) => (now += seconds * 1000) };
  };

  it('is started again, and one line says so', async () => {
    const { told, ended } = setUp();
    ended('SIGKILL');
    await Promise.resolve();
    expect([told.starts, told.restarts]).toEqual([1, 1]);
    expect(told.lines).toEqual(['gateway: ended unasked (SIGKILL), started again as process 12']);
  });

  it('is given up at its fifth end within a minute', () => {
    const { told, ended, passSeconds } = setUp();
    for (let end = 1; end <= 5; end += 1) {
      ended('exit status 1');
      passSeconds(10);
    }
    expect(told.starts).toBe(4);
    expect(told.gaveUp).toEqual(['gateway ended 5 times within a minute (last: exit status 1)']);
  });

  it('may end ever so often when a minute passes in between', () => {
    const { told, ended, passSeconds } = setUp();
    for (let end = 1; end <= 12; end += 1) {
      ended('exit status 1');
      passSeconds(20);
    }
    expect(told.starts).toBe(12);
    expect(told.gaveUp).toEqual([]);
  });

  it('is not given up when it ends a second time before it was ready, because that end starts it once more', async () => {
    const gaveUp: string[] = [];
    const starts: ((error?: Error) => void)[] = [];
    const ended = restartUnasked({
      name: 'email-worker',
      isWanted: () => true,
      start: () =>
        new Promise((resolve, reject) =>
          starts.push((error) => (error === undefined ? resolve() : reject(error))),
        ),
      pid: () => 12,
      onLine: () => undefined,
      onRestarted: () => undefined,
      onGiveUp: (reason) => gaveUp.push(reason),
    });
    ended('SIGKILL');
    ended('SIGKILL');
    starts[0]?.(new Error('ended before it was ready'));
    starts[1]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(starts).toHaveLength(2);
    expect(gaveUp).toEqual([]);
  });

  it('stays down when nobody wants it back', () => {
    const { told, ended } = setUp(false);
    ended('SIGKILL');
    expect(told.starts).toBe(0);
  });
});
