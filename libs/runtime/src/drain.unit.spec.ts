import { createDrain } from './drain.js';
import { createLog } from './log.js';

const silent = createLog('spec', { level: 'silent' });

describe('a drain', () => {
  it('runs what comes before, the hooks in their order, and what comes after', async () => {
    const drain = createDrain();
    const ran: string[] = [];
    const step = (name: string) => ({ name, run: () => Promise.resolve(ran.push(name)) });
    drain.onDrain('consumers', step('consumers').run);
    drain.onDrain('mongo', step('mongo').run);
    expect(drain.isDraining()).toBe(false);
    const finished = drain.run(silent, { before: [step('http')], after: [step('nest')] });
    expect(drain.isDraining()).toBe(true);
    await expect(finished).resolves.toEqual([]);
    expect(ran).toEqual(['http', 'consumers', 'mongo', 'nest']);
  });

  it('goes on after a hook that fails, and tells which one it was', async () => {
    const drain = createDrain();
    let isClosed = false;
    drain.onDrain('redis', () => Promise.reject(new Error('gone')));
    drain.onDrain('mongo', () => Promise.resolve((isClosed = true)));
    await expect(drain.run(silent)).resolves.toEqual(['redis']);
    expect(isClosed).toBe(true);
  });

  it('runs once, however often it is asked to, and knows what it is at', async () => {
    const drain = createDrain();
    let runs = 0;
    drain.onDrain('producer', () => {
      runs += 1;
      expect(drain.current()).toBe('producer');
      return Promise.resolve();
    });
    await Promise.all([drain.run(silent), drain.run(silent)]);
    expect(runs).toBe(1);
    expect(drain.current()).toBeUndefined();
  });
});
