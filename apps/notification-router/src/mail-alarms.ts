import { randomUUID } from 'node:crypto';
import {
  accountMailExpiry,
  toAccountMail,
  type AccountMail,
  type AccountMailJob,
  type Alarm,
  type AlarmMailFacts,
  type DecisionNote,
  type Dispatch,
} from '@signalbox/contracts';
import { addressHashParts, staffLanguage } from '@signalbox/domain';
import type { Clock, KeyedHash, Log } from '@signalbox/runtime';

export interface MailAlarmsParts {
  readonly alarms: {
    /** What there is to be mailed about that no mail has taken yet. */
    kindsToMail(): Promise<readonly DecisionNote[]>;
    /** Has the mail take all of a kind that none has taken yet. */
    take(alarm: DecisionNote, mail: string): Promise<void>;
    /** The mails that have taken some and may not have been made. */
    mailsToMake(): Promise<readonly string[]>;
    /** The earliest of those that the mail has taken, and how many they are. */
    takenBy(
      mail: string,
      most: number,
    ): Promise<{ readonly count: number; readonly first: readonly Alarm[] }>;
    made(mail: string): Promise<void>;
  };
  readonly operators: {
    /** Whether they may be written to about this now; counts it. */
    mayMail(alarm: DecisionNote): Promise<boolean>;
  };
  readonly dispatches: { findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>> };
  readonly mails: { insert(mail: AccountMail): Promise<void> };
  readonly jobs: { addAll(jobs: readonly AccountMailJob[]): Promise<void> };
  readonly operatorsMailbox: string;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

/** So many events are named in a mail; the list of alarms has them all. */
const mostNamed = 20;

/**
 * Writes to the operators about the alarms that were raised: at once about the first of a kind, and about those that come
 * after it in one mail. An alarm is taken by a mail before the mail is made, and made under the same id, so that a process
 * that dies in between leaves a mail that is made by the next pass, of the same alarms.
 */
export class MailAlarms {
  constructor(private readonly parts: MailAlarmsParts) {}

  async execute(): Promise<void> {
    const { alarms, operators } = this.parts;
    for (const alarm of await alarms.kindsToMail()) {
      if (await operators.mayMail(alarm)) await alarms.take(alarm, randomUUID().replaceAll('-', ''));
    }
    for (const mail of await alarms.mailsToMake()) await this.make(mail);
  }

  private async make(mail: string): Promise<void> {
    const { alarms, mails, jobs, hash, clock, operatorsMailbox, log } = this.parts;
    const facts = await this.factsOf(mail);
    if (facts !== undefined) {
      const now = clock.now();
      await mails.insert(
        toAccountMail(
          {
            kind: 'operator-alarm',
            account: null,
            address: operatorsMailbox,
            language: staffLanguage,
            facts,
            expiresAt: accountMailExpiry('operator-alarm', now),
          },
          { id: mail, hashOf: (address) => hash(addressHashParts(address)), sealedSecret: null, now },
        ),
      );
      await jobs.addAll([{ lane: 'account', delivery: mail, attempt: 1 }]).catch((err: unknown) => {
        // The worker's sweep finds it.
        log.warn({ event: 'account-mail.job-not-added', mail, err }, 'account-mail.job-not-added');
      });
    }
    await alarms.made(mail);
  }

  private async factsOf(mail: string): Promise<AlarmMailFacts | undefined> {
    const { count, first } = await this.parts.alarms.takenBy(mail, mostNamed);
    const [earliest] = first;
    if (earliest === undefined) return undefined;
    const found = await this.parts.dispatches.findMany(first.map(({ dispatch }) => dispatch));
    const events = first.flatMap(({ dispatch, step }) => {
      const of = found.get(dispatch);
      if (of === undefined) return [];
      const { event, suppressed } = of;
      const { id, kind, account, data } = event;
      // What is gathered has no mail of its own.
      const title = suppressed === 'gathered' ? { title: data.title } : {};
      return [{ id, kind, account, environment: data.environment, ...title, step }];
    });
    return { alarm: earliest.alarm, count, since: earliest.at.toISOString(), events };
  }
}
