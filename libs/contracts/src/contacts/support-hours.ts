import { z } from 'zod';
import { TimeZone } from './time-zone.js';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

const wallTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * One weekly range. `closes` at or before `opens` runs past midnight, so that 09:00 to 09:00 is a day and a night, as 00:00
 * to 24:00 is all day. How a change of clocks and a closed date are read is said with the arithmetic, in libs/domain.
 */
export const SupportRange = z
  .strictObject({
    days: z.array(Weekday).min(1).max(7),
    opens: z.string().regex(wallTime, 'is not a time of day like 09:00'),
    closes: z
      .string()
      .refine((time) => time === '24:00' || wallTime.test(time), 'is not a time of day like 17:00'),
    timeZone: TimeZone,
  })
  .meta({ id: 'SupportRange' });
export type SupportRange = z.infer<typeof SupportRange>;

/** A team works in a few. Each is asked for its changes of clocks whenever somebody asks who is there. */
const mostTimeZones = 20;

export const SupportHours = z
  .strictObject({
    hours: z
      .array(SupportRange)
      .max(200)
      .refine(
        (ranges) => new Set(ranges.map(({ timeZone }) => timeZone)).size <= mostTimeZones,
        `are in more than ${mostTimeZones} time zones`,
      ),
    closedDates: z.array(z.iso.date()).max(400).optional(),
  })
  .meta({
    id: 'SupportHours',
    description: 'Weekly opening hours as zone and wall time, computed at the instant of use.',
  });
export type SupportHours = z.infer<typeof SupportHours>;
