/**
 * Runs up to `atOnce` inputs at a time and gives the results in the order of the inputs, each as soon as those before it
 * are out. It reads no further ahead than that, so whoever takes the results slowly slows down the reading. What was begun
 * is waited for, also when whoever takes the results goes away.
 */
export async function* inOrder<I, O>(
  inputs: AsyncIterable<I>,
  atOnce: number,
  run: (input: I) => Promise<O>,
): AsyncGenerator<O> {
  const source = inputs[Symbol.asyncIterator]();
  const running: Promise<O>[] = [];
  const read = () => source.next().then((input) => ({ input }));
  try {
    let reading: ReturnType<typeof read> | undefined = read();
    while (reading !== undefined || running.length > 0) {
      const isFull = running.length >= atOnce;
      const first = running[0]?.then((output) => ({ output }));
      const ahead = isFull ? undefined : reading;
      const came = await Promise.race([ahead, first].filter((each) => each !== undefined));
      if ('output' in came) {
        void running.shift();
        yield came.output;
      } else if (came.input.done === true) {
        reading = undefined;
      } else {
        running.push(run(came.input.value));
        reading = read();
      }
    }
  } finally {
    await Promise.allSettled(running);
    await source.return?.();
  }
}
