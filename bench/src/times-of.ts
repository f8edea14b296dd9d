export interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Runs something so many times, one after the other, and says how long it took, in milliseconds. */
export async function timesOf(count: number, run: () => Promise<unknown>): Promise<Times> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startedMs = performance.now();
    await run();
    took.push(performance.now() - startedMs);
  }
  return summaryOf(took);
}

/** Percentiles by the nearest rank: the smallest value that so many of a hundred do not exceed. */
export function summaryOf(took: readonly number[]): Times {
  const sorted = [...took].sort((one, other) => one - other);
  const at = (percent: number) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
  return { p50: at(50), p99: at(99), max: sorted.at(-1) ?? 0 };
}
