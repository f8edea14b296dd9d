import type { Connection } from 'mongoose';
import type { IntakeException, Origin } from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { intakeExceptionModel } from './models.js';

/** The id of a record's intake exception: a record read twice is one exception. */
export const intakeExceptionId = ({ topic, partition, offset }: Origin): string =>
  `${topic}:${partition}:${offset}`;

/** Records of event topics that are no dispatch of their own, and why. */
export function createIntakeExceptions(connection: Connection) {
  const exceptions = intakeExceptionModel(connection);
  return {
    async record(batch: readonly IntakeException[]): Promise<void> {
      await insertOnce(exceptions, batch);
    },
  };
}

export type IntakeExceptions = ReturnType<typeof createIntakeExceptions>;
