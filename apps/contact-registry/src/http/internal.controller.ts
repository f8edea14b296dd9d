import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  internalPaths,
  type AccountSnapshot,
  type KeyVerdict,
  type SessionVerdict,
} from '@signalbox/contracts';
import { parseOrProblem } from '@signalbox/runtime';
import { z } from 'zod';
import { VerifySession } from '../access/verify-session.js';
import type { Asker } from '../accounts/asker.js';
import { RaiseAccounts } from '../accounts/raise-accounts.js';
import { ReadAccounts } from '../accounts/read-accounts.js';
import { VerifyKey } from '../keys/verify-key.js';
import { CurrentAsker } from './access.js';

const KeyQuestion = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex'),
});
/** Longer than any that we made. */
const SessionQuestion = z.object({ cookie: z.string().max(1_000) });
/** What a sender calls an account may be no id of ours; it is left out of the answer like any that does not exist. */
const accountName = z.string().max(200);
const AccountsQuestion = z.object({ accounts: z.array(accountName).max(1_000) });
/** Counting goes on above what is held, and numbers are exact up to twice this one. */
const highestHeld = 2 ** 52;
const HeldQuestion = z.object({
  accounts: z
    .array(
      z.object({
        account: accountName,
        heldVersion: z.int().min(1).max(highestHeld),
        differs: z.boolean().default(false),
      }),
    )
    .max(1_000),
});

/** What our own processes ask; never reached through the gateway. */
@Controller()
export class InternalController {
  constructor(
    private readonly verifyKey: VerifyKey,
    private readonly sessions: VerifySession,
    private readonly read: ReadAccounts,
    private readonly raise: RaiseAccounts,
  ) {}

  @Post(internalPaths.verifyKey)
  @HttpCode(200)
  verify(@Body() body: unknown): Promise<KeyVerdict> {
    return this.verifyKey.execute(parseOrProblem(KeyQuestion, body).sha256);
  }

  @Post(internalPaths.verifySession)
  @HttpCode(200)
  verifySession(@Body() body: unknown): Promise<SessionVerdict> {
    return this.sessions.execute(parseOrProblem(SessionQuestion, body).cookie);
  }

  @Post(internalPaths.snapshots)
  @HttpCode(200)
  async snapshots(@Body() body: unknown): Promise<{ readonly snapshots: readonly AccountSnapshot[] }> {
    return { snapshots: await this.read.snapshots(parseOrProblem(AccountsQuestion, body).accounts) };
  }

  @Post(internalPaths.markDirty)
  @HttpCode(200)
  async markDirty(
    @Body() body: unknown,
    @CurrentAsker() asker: Asker,
  ): Promise<{ readonly raised: readonly string[] }> {
    const { accounts } = parseOrProblem(HeldQuestion, body);
    return { raised: await this.raise.execute(accounts, asker) };
  }
}
