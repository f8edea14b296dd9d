import { Controller, Get, Param, Query } from '@nestjs/common';
import { ReferralQuery, type Referral } from '@signalbox/contracts';
import { noSuchAccount, parseOrProblem } from '@signalbox/runtime';
import { ReferUsers } from '../accounts/refer-users.js';

@Controller('v1/accounts/:account/referral')
export class ReferralController {
  constructor(private readonly referUsers: ReferUsers) {}

  @Get()
  async one(@Param('account') account: string, @Query() query: unknown): Promise<Referral> {
    const { at, zone } = parseOrProblem(ReferralQuery, query, 'query');
    const referral = await this.referUsers.execute({
      account,
      zone,
      at: at === undefined ? undefined : new Date(at),
    });
    if (referral === undefined) throw noSuchAccount();
    return referral;
  }
}
