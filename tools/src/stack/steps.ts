/** Runs the steps of a start and tells each one's outcome and how long it took. */
export function steps(onLine: (line: string) => void): {
  step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
} {
  return {
    async step(name, work) {
      const began = performance.now();
      const outcome = await work();
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      onLine(`${name}: ${typeof outcome === 'string' ? outcome : 'ready'} after ${seconds} s`);
      return outcome;
    },
  };
}
