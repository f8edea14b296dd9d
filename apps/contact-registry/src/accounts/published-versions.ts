/** Before a waiting request asks the database first, in milliseconds: a send and its settling take 3 to 10. */
const firstPauseMs = 15;
const longestPauseMs = 200;

interface Waiting {
  readonly version: number;
  readonly isPublished: () => void;
}

/**
 * Lets requests wait until a version of their account is published: told at once by a send of this process, else found
 * out by asking, since the sender may be another registry.
 */
export class PublishedVersions {
  private readonly waiting = new Map<string, Set<Waiting>>();

  /** Wakes those who wait for this version of the account or a lower one. */
  tell(account: string, version: number): void {
    for (const waiter of this.waiting.get(account) ?? []) {
      if (waiter.version <= version) waiter.isPublished();
    }
  }

  /**
   * @param ask answers the highest version known to be published; while it fails nothing is known.
   * @returns false when it was not published within `limitMs`.
   */
  within(account: string, version: number, limitMs: number, ask: () => Promise<number>): Promise<boolean> {
    return new Promise((resolve) => {
      let next: NodeJS.Timeout | undefined;
      let over = false;
      const end = (published: boolean) => {
        over = true;
        clearTimeout(limit);
        clearTimeout(next);
        this.forget(account, waiter);
        resolve(published);
      };
      const askAfter = (pauseMs: number): void => {
        next = setTimeout(() => {
          const askAgain = () => (over ? undefined : askAfter(Math.min(pauseMs * 2, longestPauseMs)));
          ask().then((found) => (found >= version ? end(true) : askAgain()), askAgain);
        }, pauseMs);
      };
      const waiter = { version, isPublished: () => end(true) };
      const limit = setTimeout(() => end(false), limitMs);
      this.remember(account, waiter);
      askAfter(firstPauseMs);
    });
  }

  private remember(account: string, waiter: Waiting): void {
    const others = this.waiting.get(account);
    if (others === undefined) this.waiting.set(account, new Set([waiter]));
    else others.add(waiter);
  }

  private forget(account: string, waiter: Waiting): void {
    const others = this.waiting.get(account);
    others?.delete(waiter);
    if (others?.size === 0) this.waiting.delete(account);
  }
}
