import { accountMailKinds, type AskedAccountMailKind } from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';

/** The problem of a limit of account mails; Retry-After is rounded up, so that who comes back after that is let through. */
export function tooManyMails(kind: AskedAccountMailKind, why: string, againInMs: number): ProblemError {
  const { most, withinMs } = accountMailKinds[kind].limit;
  const detail = `${why} At most ${most} are sent within ${withinMs / 60_000} minutes.`;
  return new ProblemError('too-many-requests', detail, {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(againInMs / 1000))) },
  });
}
