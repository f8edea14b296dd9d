import type { Connection } from 'mongoose';
import type { Alarm, DecisionNote } from '@signalbox/contracts';
import { insertOnce } from './insert-once.js';
import { alarmModel } from './models.js';

/** What the operators were alarmed about, and by which account mail they were written to about it. */
export function createAlarmStore(connection: Connection) {
  const alarms = alarmModel(connection);
  return {
    /** @returns the ids that were there already. */
    insert: (batch: readonly Alarm[]): Promise<ReadonlySet<string>> => insertOnce(alarms, batch),

    /** What there is to be mailed about that no mail has taken yet. */
    kindsToMail: (): Promise<DecisionNote[]> => alarms.distinct('alarm', { toMail: true, mail: null }),

    /** Has the mail take all of a kind that none has taken yet. */
    async take(alarm: DecisionNote, mail: string): Promise<void> {
      await alarms.updateMany({ toMail: true, mail: null, alarm }, { $set: { mail } });
    },

    /** The mails that have taken some and may not have been made. */
    mailsToMake: (): Promise<string[]> =>
      alarms.distinct('mail', { toMail: true, mail: { $type: 'string' } }),

    /** The earliest of those that the mail has taken, and how many they are. */
    async takenBy(mail: string, most: number): Promise<{ count: number; first: Alarm[] }> {
      const taken = { toMail: true, mail };
      const [count, first] = await Promise.all([
        alarms.countDocuments(taken),
        alarms.find(taken).sort({ at: 1, _id: 1 }).limit(most).lean<Alarm[]>(),
      ]);
      return { count, first };
    },

    async made(mail: string): Promise<void> {
      await alarms.updateMany({ toMail: true, mail }, { $set: { toMail: false } });
    },

    /** One page, newest first. `after` is the last one of the page before. */
    list: (
      { alarm, limit }: { readonly alarm?: DecisionNote | undefined; readonly limit: number },
      after: { readonly at: Date; readonly id: string } | undefined,
    ): Promise<Alarm[]> =>
      alarms
        .find({
          ...(alarm !== undefined && { alarm }),
          ...(after && { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] }),
        })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<Alarm[]>(),
  };
}

export type AlarmStore = ReturnType<typeof createAlarmStore>;
