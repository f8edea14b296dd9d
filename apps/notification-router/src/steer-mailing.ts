import type { ConfirmedBy, EventKind, Mailing, MailingState, MailingView } from '@signalbox/contracts';
import { ProblemError, type Log } from '@signalbox/runtime';
import { mailingView } from './mailing-view.js';

export interface SteerMailingParts {
  readonly mailings: {
    find(id: string): Promise<Mailing | null>;
    /** @returns false when it is in none of the states given. */
    move(id: string, from: readonly MailingState[], to: MailingState): Promise<boolean>;
  };
  readonly log: Log;
}

/** From which states to which; what is in the state already stays there. */
const steps = {
  pause: { from: ['confirmed'], to: 'paused' },
  resume: { from: ['paused'], to: 'confirmed' },
  cancel: { from: ['confirmed', 'paused', 'published'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly MailingState[]; to: MailingState }>;
export type Step = keyof typeof steps;

/**
 * Holds up what is being published, goes on with it, or ends it. Accounts whose event is with Kafka are told also while it is
 * paused; when it is cancelled a pass takes back what no mail server has accepted yet.
 */
export class SteerMailing {
  constructor(private readonly parts: SteerMailingParts) {}

  /** @throws ProblemError `not-found` | `mailing-is-over` */
  async execute(kinds: readonly EventKind[], id: string, step: Step, by: ConfirmedBy): Promise<MailingView> {
    const { mailings, log } = this.parts;
    const { from, to } = steps[step];
    const hasMoved = await mailings.move(id, from, to);
    const mailing = await mailings.find(id);
    if (mailing === null || mailing.state === 'previewed' || !kinds.includes(mailing.kind))
      throw new ProblemError('not-found', 'Nothing that was sent has this id.');
    if (mailing.state !== to)
      throw new ProblemError('mailing-is-over', 'All of it is published, or it was cancelled.');
    if (hasMoved) log.info({ event: 'mailing.steered', mailing: id, step, by: by.id }, 'mailing.steered');
    return mailingView(mailing);
  }
}
