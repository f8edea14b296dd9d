import { createLog } from './log.js';
import { runPeriodically } from './periodic.js';

// In ES modules jest is no global.
const { jest } = import.meta;
const everyMs = 1_000;

/** A log whose lines can be read. */
function aLog() {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  return { lines, log: createLog('spec', { destination }) };
}

/** A pass that ends when it is told to, with what it is told. */
function aPass() {
  const ends: { resolve: (more?: boolean) => void; reject: (error: Error) => void }[] = [];
  return {
    run: () => new Promise<boolean | void>((resolve, reject) => void ends.push({ resolve, reject })),
    begun: () => ends.length,
    end: (index: number) => {
      const end = ends[index];
      if (!end) throw new Error(`pass ${index} has not begun`);
      return end;
    },
  };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a periodic pass', () => {
  it('begins after the first wait, not at once', async () => {
    const pass = aPass();
    runPeriodically('p', everyMs, pass.run, aLog().log);
    await jest.advanceTimersByTimeAsync(everyMs - 1);
    expect(pass.begun()).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(pass.begun()).toBe(1);
  });

  it('never runs twice at once: the wait begins when the pass has ended', async () => {
    const pass = aPass();
    runPeriodically('p', everyMs, pass.run, aLog().log);
    await jest.advanceTimersByTimeAsync(everyMs * 10);
    expect(pass.begun()).toBe(1);
    pass.end(0).resolve();
    await jest.advanceTimersByTimeAsync(everyMs - 1);
    expect(pass.begun()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(pass.begun()).toBe(2);
  });

  it('that says there is more is run again without waiting', async () => {
    const pass = aPass();
    runPeriodically('p', everyMs, pass.run, aLog().log);
    await jest.advanceTimersByTimeAsync(everyMs);
    pass.end(0).resolve(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(pass.begun()).toBe(2);
  });

  it('that throws is told and run again at the next turn, thrown at once or later', async () => {
    const { lines, log } = aLog();
    let runs = 0;
    const run = (): Promise<void> => {
      runs++;
      if (runs === 1) throw new Error('thrown at once');
      return Promise.reject(new Error('thrown later'));
    };
    runPeriodically('sweep', everyMs, run, log);
    await jest.advanceTimersByTimeAsync(everyMs);
    await jest.advanceTimersByTimeAsync(everyMs);
    expect(runs).toBe(2);
    expect(lines).toMatchObject([
      { event: 'pass.failed', pass: 'sweep', err: { message: 'thrown at once' } },
      { event: 'pass.failed', pass: 'sweep', err: { message: 'thrown later' } },
    ]);
  });
});

describe('stopping it', () => {
  it('while it waits begins no further pass', async () => {
    const pass = aPass();
    const periodic = runPeriodically('p', everyMs, pass.run, aLog().log);
    await periodic.stop();
    await jest.advanceTimersByTimeAsync(everyMs * 10);
    expect(pass.begun()).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([[true], [false]])(
    'while it runs waits for the pass (more: %s) and begins no other',
    async (more) => {
      const pass = aPass();
      const periodic = runPeriodically('p', everyMs, pass.run, aLog().log);
      await jest.advanceTimersByTimeAsync(everyMs);
      let hasStopped = false;
      const stopping = periodic.stop().then(() => (hasStopped = true));
      await jest.advanceTimersByTimeAsync(everyMs * 10);
      expect(hasStopped).toBe(false);
      pass.end(0).resolve(more);
      await stopping;
      await jest.advanceTimersByTimeAsync(everyMs * 10);
      expect(pass.begun()).toBe(1);
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  it('resolves although the running pass fails', async () => {
    const pass = aPass();
    const periodic = runPeriodically('p', everyMs, pass.run, aLog().log);
    await jest.advanceTimersByTimeAsync(everyMs);
    const stopping = periodic.stop();
    pass.end(0).reject(new Error('too late'));
    await expect(stopping).resolves.toBeUndefined();
  });
});
