import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ConfirmedEmergency,
  EmergencyResolution,
  NewEmergency,
  PageQuery,
  type AccountPreviewList,
  type AccountResultList,
  type MailingList,
  type MailingPreview,
  type MailingReport,
  type MailingView,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem } from '@signalbox/runtime';
import { confirmedByOf } from './confirmed-by-of.js';
import { ConfirmMailing } from './confirm-mailing.js';
import { type AskedMailing, PreviewMailing } from './preview-mailing.js';
import { ReadMailings } from './read-mailings.js';
import { ResolveEmergency } from './resolve-emergency.js';

const kinds = ['emergency'] as const;

/** What an operator declares by hand: shown first, then confirmed. */
@Controller('v1/emergencies')
export class EmergenciesController {
  constructor(
    private readonly previewMailing: PreviewMailing,
    private readonly confirmMailing: ConfirmMailing,
    private readonly resolveEmergency: ResolveEmergency,
    private readonly mailings: ReadMailings,
  ) {}

  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingPreview> {
    return this.previewMailing.execute(askedIn(parseOrProblem(NewEmergency, body)), confirmedByOf(principal));
  }

  @Get('previews/:token/accounts')
  previewed(@Param('token') token: string, @Query() query: unknown): Promise<AccountPreviewList> {
    return this.mailings.previewed(token, parseOrProblem(PageQuery, query, 'query'));
  }

  @Post()
  @HttpCode(202)
  confirm(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    const { token, ...asked } = parseOrProblem(ConfirmedEmergency, body);
    return this.confirmMailing.execute(token, askedIn(asked), confirmedByOf(principal));
  }

  @Get()
  list(@Query() query: unknown): Promise<MailingList> {
    return this.mailings.list(kinds, parseOrProblem(PageQuery, query, 'query'));
  }

  @Get(':mailing')
  one(@Param('mailing') id: string): Promise<MailingReport> {
    return this.mailings.one(kinds, id);
  }

  @Get(':mailing/accounts')
  results(@Param('mailing') id: string, @Query() query: unknown): Promise<AccountResultList> {
    return this.mailings.results(kinds, id, parseOrProblem(PageQuery, query, 'query'));
  }

  @Post(':mailing/resolve')
  @HttpCode(202)
  resolve(
    @Param('mailing') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
  ): Promise<MailingView> {
    const said = parseOrProblem(EmergencyResolution, body);
    return this.resolveEmergency.execute(id, said, confirmedByOf(principal));
  }
}

const askedIn = ({ content, audience }: NewEmergency): AskedMailing => ({
  kind: 'emergency',
  data: content,
  audience: 'accounts' in audience ? audience : { integrationTypes: [audience.integrationType] },
});
