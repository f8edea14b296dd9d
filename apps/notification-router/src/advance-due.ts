import type { Log } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';

export interface AdvanceDueParts {
  readonly dispatches: {
    due(most: number): Promise<readonly string[]>;
    postpone(ids: readonly string[], ms: number): Promise<void>;
  };
  readonly advance: Advance;
  readonly log: Log;
}

const mostAtOnce = 1_000;
/** One that cannot be decided about is looked at again after this: the others come first. */
const againMs = 60_000;

/**
 * Decides again about the dispatches whose time has come: a step that had long enough, an acknowledgement that did not
 * come. The due times stand in the dispatches, so a router that stops forgets none; what comes late says so in its round.
 */
export class AdvanceDue {
  constructor(private readonly parts: AdvanceDueParts) {}

  /** @returns whether there may be more. */
  async execute(): Promise<boolean> {
    const { dispatches, advance, log } = this.parts;
    const due = await dispatches.due(mostAtOnce);
    if (due.length === 0) return false;
    const advanced = await advanceEach(advance, due, log);
    const failed = due.filter((id) => !advanced.has(id));
    if (failed.length > 0) await dispatches.postpone(failed, againMs);
    return due.length === mostAtOnce;
  }
}
