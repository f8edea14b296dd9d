import { isFinal, type AccountMail } from '@signalbox/contracts';
import type { Log, Metrics } from '@signalbox/runtime';
import type { Attempted } from '../deliver-email.js';
import { attemptFields } from '../report-attempts.js';

/** The log lines and metrics of account mails. Ids and the server's masked words; never an address, never a secret. */
export function reportAccountMails(log: Log, metrics: Metrics) {
  const ended = metrics.counter('signalbox_account_mails_total');
  const count = ({ kind }: AccountMail, state: AccountMail['state']): void => {
    if (isFinal(state)) ended.inc({ kind, outcome: state });
  };

  return {
    attempted(attempt: Attempted<AccountMail>): void {
      const { delivery: mail, result, settled } = attempt;
      const line = { event: 'account-mail.attempted', ...idsOf(mail), ...attemptFields(attempt) };
      if (result.verdict === 'ours' || !settled.recorded) log.warn(line, line.event);
      else log.info(line, line.event);
      if ('reason' in result && result.reason === 'secret-unreadable') {
        log.error(
          { event: 'operator.alarm', alarm: 'account-mail-unreadable', ...idsOf(mail), why: result.code },
          'operator.alarm',
        );
      }
      if (settled.recorded) count(mail, settled.state);
    },

    /** A claim or the sweep found that the mail is over: its time has passed, or nobody ever finished it. */
    endedUnfinished(mail: AccountMail): void {
      const { state: outcome, reason, blanks } = mail;
      const line = { event: 'account-mail.attempted', ...idsOf(mail), outcome, reason, blanks };
      if (reason === 'never-finished') log.error(line, line.event);
      else log.warn(line, line.event);
      count(mail, outcome);
    },

    notRecordedYet(mail: string, error: unknown): void {
      log.warn({ event: 'account-mail.not-recorded-yet', mail, err: error }, 'account-mail.not-recorded-yet');
    },

    nextJobNotAdded(mail: string, error: unknown): void {
      log.warn({ event: 'account-mail.job-not-added', mail, err: error }, 'account-mail.job-not-added');
    },
  };
}

const idsOf = ({ _id, account, kind, attempt }: AccountMail) => ({
  mail: _id,
  account: account?.id,
  kind,
  attempt,
});
