import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openDeliveryStates, type AccountMail } from '@signalbox/contracts';
import { accountMailModel } from './account-mail-model.js';
import { createClaims, type ClaimRules, type DeliveryClaimsOptions } from './claims.js';
import { databaseNow, takeOverdue, type OverdueLimits } from './take-overdue.js';

/** A mail whose time has passed is not sent any more; whatever the end, the secret goes with the same write. */
const accountMailRules: ClaimRules = {
  over: { when: { $lte: ['$expiresAt', '$$NOW'] }, state: 'expired', reason: 'lifetime-passed' },
  atEnd: { sealedSecret: null },
};

/** The worker's side of the account mails. */
export function createAccountMailClaims(connection: Connection, options: DeliveryClaimsOptions) {
  const mails = accountMailModel(connection);
  const claims = createClaims<AccountMail>(mails, accountMailRules, options);
  return {
    ...claims,

    /** The database's clock, for the limits below. */
    now: (): Promise<Date> => databaseNow(connection),

    /** Account mails that should be running and may have no job. */
    takeOverdue: (limits: OverdueLimits): Promise<Pick<AccountMail, '_id' | 'attempt'>[]> =>
      takeOverdue(connection, mails, limits, ['attempt']),

    /**
     * Ends what nobody sent in time, with its secret: mails that wait, and those whose worker died. A claim does it, as
     * it would for a worker that came too late.
     * @param most looks at no more than so many.
     * @returns those that this call has ended.
     */
    async endExpired(most: number): Promise<AccountMail[]> {
      const passed = {
        state: { $in: [...openDeliveryStates] },
        expiresAt: { $lte: await databaseNow(connection) },
      };
      const found = await mails
        .find(passed, { attempt: 1 })
        .limit(most)
        .lean<{ _id: string; attempt: number }[]>();
      if (found.length === 0) return [];
      const answers = await claims.claimMany(
        found.map(({ _id, attempt }) => ({ delivery: _id, attempt, token: randomUUID() })),
      );
      return answers.flatMap((answer) => ('ended' in answer ? [answer.ended] : []));
    },
  };
}

export type AccountMailClaims = ReturnType<typeof createAccountMailClaims>;
