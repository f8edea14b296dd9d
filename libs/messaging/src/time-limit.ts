/**
 * The promise's own end, or after `limitMs` milliseconds a rejection with what `late` makes. What was begun goes on: its
 * end, late as it is, is heard by nobody.
 */
export async function withinLimit<T>(promise: Promise<T>, limitMs: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
