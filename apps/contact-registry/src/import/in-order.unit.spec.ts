import { inOrder } from './in-order.js';

/** Inputs that come when they are told to, and runs that end when they are told to. */
function stage(count: number) {
  let read = 0;
  const ends = new Map<number, () => void>();
  async function* inputs(): AsyncGenerator<number> {
    for (; read < count;) yield await Promise.resolve(read++);
  }
  const run = (input: number) =>
    new Promise<string>((resolve) => ends.set(input, () => resolve(`r${input}`)));
  return { inputs, run, begun: () => [...ends.keys()], end: (input: number) => ends.get(input)?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what runs at the same time', () => {
  it('answers in the order of the inputs, whichever ends first', async () => {
    const { inputs, run, end } = stage(3);
    const results = inOrder(inputs(), 3, run);
    const first = results.next();
    await settle();
    end(2);
    end(1);
    end(0);
    expect(await first).toEqual({ done: false, value: 'r0' });
    expect(await results.next()).toEqual({ done: false, value: 'r1' });
    expect(await results.next()).toEqual({ done: false, value: 'r2' });
    expect(await results.next()).toMatchObject({ done: true });
  });

  it('begins no more than it may, and no more while nobody takes the results', async () => {
    const { inputs, run, begun, end } = stage(9);
    const results = inOrder(inputs(), 2, run);
    const first = results.next();
    await settle();
    expect(begun()).toEqual([0, 1]);
    end(0);
    await first;
    await settle();
    expect(begun()).toEqual([0, 1]);
    void results.next();
    await settle();
    expect(begun()).toEqual([0, 1, 2]);
  });

  it('gives a result although no further input has come', async () => {
    async function* oneAndSilence(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      await new Promise(() => undefined);
    }
    const results = inOrder(oneAndSilence(), 5, (input) => Promise.resolve(input * 2));
    expect(await results.next()).toEqual({ done: false, value: 2 });
  });

  it('is waited for when nobody wants the results any more, and nothing else is begun', async () => {
    const { inputs, run, begun, end } = stage(9);
    const results = inOrder(inputs(), 2, run);
    const first = results.next();
    await settle();
    end(0);
    await first;
    let over = false;
    const ended = results.return(undefined).then(() => (over = true));
    await settle();
    expect(over).toBe(false);
    end(1);
    await ended;
    expect(begun()).toEqual([0, 1]);
  });
});
