import type { Connection, Model } from 'mongoose';
import type { DeliveryProgress } from '@signalbox/contracts';

export interface OverdueLimits {
  /** Pending ones are overdue when they were due before this. */
  readonly dueBefore: Date;
  /** Those answered are stamped; only what was not stamped since then is answered again. */
  readonly sweptBefore: Date;
  readonly most: number;
}

/**
 * Mails that should be running and may have no job: due for too long, or claimed by somebody whose claim has run out.
 * Those answered are stamped, so that a backlog is not added again at every pass.
 * @param fields what is answered besides the id.
 */
export async function takeOverdue<Mail extends DeliveryProgress, Field extends string & keyof Mail>(
  connection: Connection,
  model: Model<Mail>,
  { dueBefore, sweptBefore, most }: OverdueLimits,
  fields: readonly Field[],
): Promise<Pick<Mail, '_id' | Field>[]> {
  const mails = model as unknown as Model<DeliveryProgress>;
  const now = await databaseNow(connection);
  const notSwept = { $or: [{ sweptAt: null }, { sweptAt: { $lt: sweptBefore } }] };
  const due = await mails
    .find({ state: 'pending', nextAttemptAt: { $lt: dueBefore }, ...notSwept }, [...fields])
    .sort({ nextAttemptAt: 1 })
    .limit(most)
    .lean<Pick<Mail, '_id' | Field>[]>();
  const abandoned = await mails
    .find({ state: 'sending', 'claim.until': { $lt: now }, ...notSwept }, [...fields])
    .limit(most - due.length + 1)
    .lean<Pick<Mail, '_id' | Field>[]>();
  const taken = [...due, ...abandoned].slice(0, most);
  await mails.updateMany({ _id: { $in: taken.map(({ _id }) => _id) } }, { $set: { sweptAt: now } });
  return taken;
}

/** The database's clock: claims and due times are compared on it alone, whatever the hosts' clocks say. */
export async function databaseNow(connection: Connection): Promise<Date> {
  const hello = (await connection.db?.admin().command({ hello: 1 })) as { localTime?: Date } | undefined;
  if (!hello?.localTime) throw new Error('MongoDB did not tell its time');
  return hello.localTime;
}
