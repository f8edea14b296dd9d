import { Body, Controller, Get, Headers, Param, Patch, Put, Query, Res } from '@nestjs/common';
import {
  EnvironmentQuery,
  PageQuery,
  type ContactInformationView,
  type HistoryEntry,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, noSuchAccount, parseOrProblem, ProblemError } from '@signalbox/runtime';
import type { Response } from 'express';
import { z } from 'zod';
import { contactInformationView } from '../accounts/account-views.js';
import type { Asker } from '../accounts/asker.js';
import { ReadAccounts, type Page } from '../accounts/read-accounts.js';
import {
  SaveContactInformation,
  type SaveRefusal,
  type SaveRequest,
} from '../accounts/save-contact-information.js';
import { CurrentAsker, seesInternals } from './access.js';
import { entityTagOf, parseIfMatch } from './if-match.js';
import { doneOrProblem, invalidInformation } from './outcome-or-problem.js';

/** The cursor of the history is the version that the page before ended with. */
const HistoryQuery = PageQuery.extend({ cursor: z.coerce.number().int().min(1).optional() });

interface SaveCall {
  readonly account: string;
  readonly mode: SaveRequest['mode'];
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  readonly asker: Asker;
}

@Controller('v1/accounts/:account/contact-information')
export class ContactInformationController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly save: SaveContactInformation,
  ) {}

  @Get()
  async one(
    @Param('account') id: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactInformationView> {
    const { environment } = parseOrProblem(EnvironmentQuery, query, 'query');
    const account = await this.read.find(id);
    if (account === null) throw noSuchAccount();
    response.set('ETag', entityTagOf(account.revision));
    return contactInformationView(account, environment);
  }

  @Put()
  replace(
    @Param('account') account: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentAsker() asker: Asker,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactInformationView> {
    return this.write({ account, mode: 'replace', query, body, ifMatch, asker }, response);
  }

  @Patch()
  merge(
    @Param('account') account: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentAsker() asker: Asker,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactInformationView> {
    return this.write({ account, mode: 'merge', query, body, ifMatch, asker }, response);
  }

  @Get('history')
  async history(
    @Param('account') id: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Page<HistoryEntry>> {
    const { limit, cursor } = parseOrProblem(HistoryQuery, query, 'query');
    const page = await this.read.history(id, { seesInternals: seesInternals(principal) }, limit, cursor);
    if (page === undefined) throw noSuchAccount();
    return page;
  }

  private async write(call: SaveCall, response: Response): Promise<ContactInformationView> {
    const { account: id, mode, body, asker } = call;
    const { environment } = parseOrProblem(EnvironmentQuery, call.query, 'query');
    const matches = parseIfMatch(call.ifMatch);
    const request = { account: id, environment, mode, body, matches, asker };
    const done = doneOrProblem(await this.save.execute(request), problemOf);
    response.set('ETag', entityTagOf(done.account.revision));
    return contactInformationView(done.account, environment, done.inForce);
  }
}

function problemOf(why: SaveRefusal): ProblemError {
  switch (why.kind) {
    case 'stale':
      return new ProblemError(
        'revision-is-stale',
        `If-Match does not name the revision that stands here now (${entityTagOf(why.revision)}): read it again and repeat the change.`,
        { headers: { ETag: entityTagOf(why.revision) } },
      );
    case 'invalid':
      return invalidInformation(why.errors);
  }
}
