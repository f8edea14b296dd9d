import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const Weekday = z.enum(weekdays);

const wallTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A time zone by its IANA name. Offsets like +03:00 are refused: they do not follow daylight saving. */
export const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => isTimeZone(zone), {
    message: 'is not a time zone of the IANA list, for example America/Sao_Paulo',
    params: { code: 'invalid-time-zone' },
  })
  .meta({ id: 'TimeZone', description: 'IANA time zone.', example: 'America/Sao_Paulo' });

/** Whether the runtime's zone data knows the name. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** One weekly range. `closes` at or before `opens` runs past midnight; 00:00 to 24:00 is all day. */
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

export const SupportHours = z
  .strictObject({
    hours: z.array(SupportRange).max(200),
    closedDates: z.array(z.iso.date()).max(400).optional(),
  })
  .meta({
    id: 'SupportHours',
    description: 'Weekly opening hours as zone and wall time, computed at the instant of use.',
  });
export type SupportHours = z.infer<typeof SupportHours>;
