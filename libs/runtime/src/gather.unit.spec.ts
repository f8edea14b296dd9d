import { gather } from './gather.js';

function recorded(answer: (item: number) => string | Error) {
  const batches: number[][] = [];
  const run = (items: readonly number[]) => {
    batches.push([...items]);
    return Promise.resolve(items.map(answer));
  };
  return { batches, run };
}

describe('gathering', () => {
  it('makes one batch of concurrent calls and gives each caller its own answer', async () => {
    const { batches, run } = recorded((item) => `n${item}`);
    const call = gather(run, { withinMs: 5, most: 100 });
    await expect(Promise.all([call(1), call(2), call(3)])).resolves.toEqual(['n1', 'n2', 'n3']);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('sends the same item as often as it was given', async () => {
    const { batches, run } = recorded((item) => `n${item}`);
    const call = gather(run, { withinMs: 1, most: 100 });
    await Promise.all([call(7), call(7)]);
    await call(7);
    expect(batches).toEqual([[7, 7], [7]]);
  });

  it('holds at most so many items in one batch', async () => {
    const { batches, run } = recorded((item) => `n${item}`);
    const call = gather(run, { withinMs: 1, most: 2 });
    await Promise.all([1, 2, 3, 4, 5].map(call));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('rejects the caller whose place holds an error, and no other', async () => {
    const { run } = recorded((item) => (item === 2 ? new Error('too large') : `n${item}`));
    const call = gather(run, { withinMs: 1, most: 10 });
    const settled = await Promise.allSettled([call(1), call(2)]);
    expect(settled).toMatchObject([{ value: 'n1' }, { reason: { message: 'too large' } }]);
  });

  it('rejects every caller when the whole batch fails, and serves the next one', async () => {
    let isDown = true;
    const run = (items: readonly number[]) =>
      isDown ? Promise.reject(new Error('no broker')) : Promise.resolve(items.map(String));
    const call = gather(run, { withinMs: 1, most: 10 });
    const settled = await Promise.allSettled([call(1), call(2)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    await expect(call(3)).resolves.toBe('3');
  });

  it('rejects every caller when answers are missing, rather than giving one the answer of another', async () => {
    const call = gather((items: readonly number[]) => Promise.resolve(items.slice(1)), {
      withinMs: 1,
      most: 10,
    });
    const settled = await Promise.allSettled([call(1), call(2)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
