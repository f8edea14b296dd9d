import { z } from 'zod';
import { ChainStep, DecisionNote } from './reasons.js';

const secondMs = 1000;

interface OperatorAlarmRow {
  readonly gatherMs: number;
}

/**
 * What of an event the operators are alarmed about: its decision's notes. Within `gatherMs` they are written to about one
 * of these once; what comes meanwhile is gathered into the next mail. Promise G2 leaves 60 seconds for those by which an
 * event may reach nobody.
 */
export const operatorAlarms = {
  'unknown-account': { gatherMs: 300 * secondMs },
  'contacts-may-be-stale': { gatherMs: 300 * secondMs },
  'fell-back': { gatherMs: 30 * secondMs },
  'chain-exhausted': { gatherMs: 30 * secondMs },
} as const satisfies Record<DecisionNote, OperatorAlarmRow>;

/**
 * How often an event of an account that nobody knows is told to the operators by a mail of its own; the others are
 * gathered into the mail of the alarm. A label that is set wrong names one account, or with every event another.
 */
export const unroutableMails = {
  ofAccount: { most: 1, withinMs: 3_600 * secondMs },
  ofAll: { most: 10, withinMs: 300 * secondMs },
} as const;

/** One alarm about one event, as the pure function names it. */
export const EventAlarm = z.object({
  alarm: DecisionNote,
  /** Who is told in place of the steps before, of an alarm that is about a step. */
  step: ChainStep.nullable(),
  /** False where the operators are told by the event's own mail. */
  toMail: z.boolean(),
});
export type EventAlarm = z.infer<typeof EventAlarm>;

/** An alarm as it is stored, for 90 days. It says nothing of the event but which one it is. */
export const Alarm = z.object({
  _id: z.string().meta({ description: 'Of the dispatch, what the alarm is about, and the step.' }),
  ...EventAlarm.shape,
  dispatch: z.string(),
  at: z.date(),
  /** The account mail that is to say it, or has said it; null: none yet, or none has to. */
  mail: z.string().nullable(),
});
export type Alarm = z.infer<typeof Alarm>;
