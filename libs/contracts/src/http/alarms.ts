import { z } from 'zod';
import { ChainStep, DecisionNote } from '../routing/reasons.js';
import { PageQuery } from './accounts.js';
import { EventSummary } from './events.js';

export const AlarmView = z
  .object({
    alarm: DecisionNote,
    step: ChainStep.nullable().meta({ description: 'Who was told in place of the steps before.' }),
    at: z.iso.datetime(),
    mail: z.string().nullable().meta({
      description:
        'The account mail that says it; null: none does yet, or the mail of the event itself does.',
    }),
    event: EventSummary,
  })
  .meta({ id: 'Alarm', description: 'Something about an event that the operators were alarmed about.' });
export type AlarmView = z.infer<typeof AlarmView>;

export const AlarmList = z
  .object({ items: z.array(AlarmView), nextCursor: z.string().nullable() })
  .meta({ id: 'AlarmList' });
export type AlarmList = z.infer<typeof AlarmList>;
export const AlarmListQuery = PageQuery.extend({
  alarm: DecisionNote.optional().meta({ description: 'Only alarms about this.' }),
});
export type AlarmListQuery = z.infer<typeof AlarmListQuery>;
