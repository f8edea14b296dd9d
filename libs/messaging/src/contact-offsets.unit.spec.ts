import { oneAtATime } from './contact-offsets.js';

describe('oneAtATime', () => {
  function readings() {
    const open: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
    const ask = oneAtATime(
      () => new Promise<string>((resolve, reject) => void open.push({ resolve, reject })),
    );
    return { open, ask };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('shares one reading among those who ask before it begins', async () => {
    const { open, ask } = readings();
    const both = Promise.all([ask(), ask()]);
    await turn();
    open[0]?.resolve('first');
    expect(await both).toEqual(['first', 'first']);
    expect(open).toHaveLength(1);
  });

  it('gives who asks while a reading runs the next one, and begins that when the first has ended', async () => {
    const { open, ask } = readings();
    const early = ask();
    await turn();
    const late = Promise.all([ask(), ask()]);
    await turn();
    expect(open).toHaveLength(1);
    open[0]?.resolve('begun before');
    expect(await early).toBe('begun before');
    await turn();
    expect(open).toHaveLength(2);
    open[1]?.resolve('begun after');
    expect(await late).toEqual(['begun after', 'begun after']);
  });

  it('fails for those who share a reading that fails, and for nobody else', async () => {
    const { open, ask } = readings();
    const failing = ask();
    await turn();
    const next = ask();
    open[0]?.reject(new Error('Kafka is away.'));
    await expect(failing).rejects.toThrow('Kafka is away.');
    await turn();
    open[1]?.resolve('there again');
    expect(await next).toBe('there again');
  });
});
