import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { internalPaths, type AccountSnapshot, type KeyVerdict, type Principal } from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem } from '@signalbox/runtime';
import { z } from 'zod';
import { ReadAccounts } from '../accounts/read-accounts.js';
import { RelayDirtyAccounts } from '../accounts/relay-dirty-accounts.js';
import { VerifyKey } from '../keys/verify-key.js';
import { requireService } from './access.js';

const KeyQuestion = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex'),
});
/** What a sender calls an account may be no id of ours; it is left out of the answer like any that does not exist. */
const AccountsQuestion = z.object({ accounts: z.array(z.string().max(200)).max(1_000) });

/** What our own processes ask; never reached through the gateway. */
@Controller()
export class InternalController {
  constructor(
    private readonly verifyKey: VerifyKey,
    private readonly read: ReadAccounts,
    private readonly relay: RelayDirtyAccounts,
  ) {}

  @Post(internalPaths.verifyKey)
  @HttpCode(200)
  verify(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<KeyVerdict> {
    requireService(principal);
    return this.verifyKey.execute(parseOrProblem(KeyQuestion, body).sha256);
  }

  @Post(internalPaths.snapshots)
  @HttpCode(200)
  async snapshots(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ readonly snapshots: readonly AccountSnapshot[] }> {
    requireService(principal);
    return { snapshots: await this.read.snapshots(parseOrProblem(AccountsQuestion, body).accounts) };
  }

  @Post(internalPaths.markDirty)
  @HttpCode(204)
  async markDirty(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<void> {
    requireService(principal);
    await this.relay.callFor(parseOrProblem(AccountsQuestion, body).accounts);
  }
}
