import type { AccountMail, AccountMailJob } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';

export interface SweepAccountMailsParts {
  readonly mails: {
    now(): Promise<Date>;
    endExpired(most: number): Promise<readonly AccountMail[]>;
    takeOverdue(limits: {
      readonly dueBefore: Date;
      readonly sweptBefore: Date;
      readonly most: number;
    }): Promise<readonly Pick<AccountMail, '_id' | 'attempt'>[]>;
  };
  readonly jobs: {
    addAll(jobs: readonly AccountMailJob[]): Promise<void>;
  };
  readonly report: { endedUnfinished(mail: AccountMail): void };
  readonly log: Log;
}

/** Somebody waits for a sign-in link: what a healthy queue would have taken by then has no job. */
const overdueMs = 5_000;
/** A job that is there already is not added twice, so the same mail may be looked at again soon. */
const sweptAgainMs = 20_000;
const mostAtOnce = 1_000;

/**
 * Finds account mails that fell between two steps: stored and never queued, forgotten by Redis, left by a worker that
 * died; and ends those whose time has passed, so that no secret stays because nobody tried. Each part is idempotent.
 */
export class SweepAccountMails {
  constructor(private readonly parts: SweepAccountMailsParts) {}

  /** @returns whether there may be more. */
  async execute(): Promise<boolean> {
    const { mails, jobs, report, log } = this.parts;
    // First, since it needs no Redis.
    const expired = await mails.endExpired(mostAtOnce);
    for (const mail of expired) report.endedUnfinished(mail);

    const now = await mails.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    const overdue = await mails.takeOverdue({
      dueBefore: before(overdueMs),
      sweptBefore: before(sweptAgainMs),
      most: mostAtOnce,
    });
    await jobs.addAll(overdue.map(({ _id, attempt }) => ({ lane: 'account', delivery: _id, attempt })));
    if (overdue.length > 0)
      log.warn({ event: 'account-mails.swept', count: overdue.length }, 'account-mails.swept');
    return expired.length === mostAtOnce || overdue.length === mostAtOnce;
  }
}
