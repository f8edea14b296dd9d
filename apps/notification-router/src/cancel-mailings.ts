import type { Mailing } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';

export interface CancelMailingsParts {
  readonly mailings: {
    toTakeBack(most: number): Promise<readonly Mailing[]>;
    /** Nothing of it was left when this was seen, long enough after it was cancelled. */
    takenBack(id: string): Promise<void>;
  };
  readonly dispatches: {
    /** Marks open dispatches of a mailing as cancelled. @returns those that were marked. */
    cancel(mailing: string, most: number): Promise<readonly string[]>;
  };
  readonly advance: Advance;
  readonly log: Log;
}

const mostAtOnce = 500;

/**
 * Takes back what is not sent of mailings that were cancelled: their open dispatches are marked, and the one writer of rounds
 * withdraws what is open. A router that decided an event just before it was cancelled may store it just after: so a mailing
 * is looked at for a while longer.
 */
export class CancelMailings {
  constructor(private readonly parts: CancelMailingsParts) {}

  /** @returns whether there may be more. */
  async execute(): Promise<boolean> {
    const { mailings, dispatches, advance, log } = this.parts;
    let more = false;
    for (const { _id } of await mailings.toTakeBack(mostAtOnce)) {
      const cancelled = await dispatches.cancel(_id, mostAtOnce);
      await advanceEach(advance, cancelled, log);
      if (cancelled.length === 0) await mailings.takenBack(_id);
      more ||= cancelled.length > 0;
    }
    return more;
  }
}
