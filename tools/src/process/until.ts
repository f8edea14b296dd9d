import { setTimeout as pause } from 'node:timers/promises';

export interface Waiting {
  readonly withinMs: number;
  readonly everyMs?: number;
}

/**
 * Asks again and again until the answer is neither undefined nor false, and gives that answer.
 * A question that throws counts as not yet; its last error is the cause when the time is over.
 * @returns the answer, or undefined when the deadline passed.
 */
export async function until<T>(
  question: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMs, everyMs = 50 }: Waiting,
): Promise<T | undefined> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await attempt(question);
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() >= deadline) return undefined;
    await pause(everyMs);
  }
}

async function attempt<T>(question: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch {
    return undefined;
  }
}
