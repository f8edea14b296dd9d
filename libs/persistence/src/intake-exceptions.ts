import type { Connection } from 'mongoose';
import type { IntakeException } from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { intakeExceptionModel } from './models.js';

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
