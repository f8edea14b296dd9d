import { intakeExceptionId, kindOfTopic, type IntakeException } from '@signalbox/contracts';
import type { Clock, Log } from '@signalbox/runtime';

import type { DeadLetters, DeadRecord } from './dead-letters.js';

export interface SetAsideParts {
  readonly deadLetters: DeadLetters;
  /** The books, of whoever keeps them: the router, which takes all events. */
  readonly exceptions?: { record(batch: readonly IntakeException[]): Promise<void> };
  readonly onSetAside: (reason: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Puts records aside that cannot be read, so that poison never blocks a neighbour: the bytes go to the dead-letter topic,
 * the fact into the books. The letter goes first: a crash in between makes a second letter, never a missing one.
 */
export class SetAside {
  constructor(private readonly parts: SetAsideParts) {}

  async execute(
    batch: readonly { readonly record: DeadRecord; readonly reason: string; readonly detail?: string }[],
  ): Promise<void> {
    for (const { record, reason, detail } of batch) {
      await this.parts.deadLetters.send([record], reason);
      this.parts.onSetAside(reason);
      const { topic, partition, offset } = record;
      this.parts.log.warn(
        { event: 'event.dead-lettered', topic, partition, offset, reason, detail },
        'event.dead-lettered',
      );
    }
    await this.parts.exceptions?.record(
      batch
        // The books count event topics; a broken contact snapshot is no event.
        .filter(({ record }) => kindOfTopic(record.topic) !== undefined)
        .map(({ record: { topic, partition, offset }, reason }) => ({
          _id: intakeExceptionId({ topic, partition, offset }),
          origin: { topic, partition, offset },
          what: 'dead-letter',
          reason,
          at: this.parts.clock.now(),
        })),
    );
  }
}
