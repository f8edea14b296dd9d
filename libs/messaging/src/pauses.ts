const firstPauseMs = 250;
const longestPauseMs = 5_000;

export interface Pauses {
  /** Resumes the place after a time that doubles with each failure in a row; answers that time in milliseconds. */
  pause(place: string, resume: () => void): number;
  /** The place has succeeded: its next pause is the shortest again. */
  forget(place: string): void;
  /** Whether a pause is as long as they get. */
  isLongest(pauseMs: number): boolean;
  /** Drops all timers; nothing is resumed any more. */
  clear(): void;
}

/** The pauses of the partitions of one consumer: 250 ms, doubling up to 5 s. */
export function createPauses(): Pauses {
  const failures = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    pause(place, resume) {
      const failed = failures.get(place) ?? 0;
      failures.set(place, failed + 1);
      const pauseMs = Math.min(firstPauseMs * 2 ** failed, longestPauseMs);
      clearTimeout(timers.get(place));
      timers.set(
        place,
        setTimeout(() => {
          timers.delete(place);
          resume();
        }, pauseMs),
      );
      return pauseMs;
    },
    forget: (place) => void failures.delete(place),
    isLongest: (pauseMs) => pauseMs >= longestPauseMs,
    clear() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
