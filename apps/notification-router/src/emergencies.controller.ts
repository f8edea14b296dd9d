import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ConfirmedEmergency,
  NewEmergency,
  PageQuery,
  type AccountPreviewList,
  type MailingPreview,
  type MailingView,
  type Principal,
} from '@signalbox/contracts';
import { CurrentPrincipal, parseOrProblem } from '@signalbox/runtime';
import { confirmedByOf } from './confirmed-by-of.js';
import { ConfirmMailing } from './confirm-mailing.js';
import { type AskedMailing, PreviewMailing } from './preview-mailing.js';
import { ReadMailings } from './read-mailings.js';

/** What an operator declares by hand: shown first, then confirmed. */
@Controller('v1/emergencies')
export class EmergenciesController {
  constructor(
    private readonly previewMailing: PreviewMailing,
    private readonly confirmMailing: ConfirmMailing,
    private readonly mailings: ReadMailings,
  ) {}

  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingPreview> {
    return this.previewMailing.execute(askedIn(parseOrProblem(NewEmergency, body)), confirmedByOf(principal));
  }

  @Get('previews/:token/accounts')
  accounts(@Param('token') token: string, @Query() query: unknown): Promise<AccountPreviewList> {
    return this.mailings.previewed(token, parseOrProblem(PageQuery, query, 'query'));
  }

  @Post()
  @HttpCode(202)
  confirm(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    const { token, ...asked } = parseOrProblem(ConfirmedEmergency, body);
    return this.confirmMailing.execute(token, askedIn(asked), confirmedByOf(principal));
  }
}

const askedIn = ({ content, audience }: NewEmergency): AskedMailing => ({
  kind: 'emergency',
  data: content,
  audience: 'accounts' in audience ? audience : { integrationTypes: [audience.integrationType] },
});
