import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ConfirmedNotice,
  NewNotice,
  noticeKinds,
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
import { SteerMailing } from './steer-mailing.js';

/** What an operator sends to many: shown first, then confirmed, then paused or cancelled as long as there is something left. */
@Controller('v1/notices')
export class NoticesController {
  constructor(
    private readonly previewMailing: PreviewMailing,
    private readonly confirmMailing: ConfirmMailing,
    private readonly steerMailing: SteerMailing,
    private readonly mailings: ReadMailings,
  ) {}

  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingPreview> {
    return this.previewMailing.execute(askedIn(parseOrProblem(NewNotice, body)), confirmedByOf(principal));
  }

  @Get('previews/:token/accounts')
  previewed(@Param('token') token: string, @Query() query: unknown): Promise<AccountPreviewList> {
    return this.mailings.previewed(token, parseOrProblem(PageQuery, query, 'query'));
  }

  @Post()
  @HttpCode(202)
  confirm(@Body() body: unknown, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    const { token, ...asked } = parseOrProblem(ConfirmedNotice, body);
    return this.confirmMailing.execute(token, askedIn(asked), confirmedByOf(principal));
  }

  @Get()
  list(@Query() query: unknown): Promise<MailingList> {
    return this.mailings.list(noticeKinds, parseOrProblem(PageQuery, query, 'query'));
  }

  @Get(':mailing')
  one(@Param('mailing') id: string): Promise<MailingReport> {
    return this.mailings.one(noticeKinds, id);
  }

  @Get(':mailing/accounts')
  results(@Param('mailing') id: string, @Query() query: unknown): Promise<AccountResultList> {
    return this.mailings.results(noticeKinds, id, parseOrProblem(PageQuery, query, 'query'));
  }

  @Post(':mailing/pause')
  @HttpCode(200)
  pause(@Param('mailing') id: string, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    return this.steerMailing.execute(noticeKinds, id, 'pause', confirmedByOf(principal));
  }

  @Post(':mailing/resume')
  @HttpCode(200)
  resume(@Param('mailing') id: string, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    return this.steerMailing.execute(noticeKinds, id, 'resume', confirmedByOf(principal));
  }

  @Post(':mailing/cancel')
  @HttpCode(200)
  cancel(@Param('mailing') id: string, @CurrentPrincipal() principal: Principal): Promise<MailingView> {
    return this.steerMailing.execute(noticeKinds, id, 'cancel', confirmedByOf(principal));
  }
}

const askedIn = ({ kind, content, audience, sendAt }: NewNotice): AskedMailing => ({
  kind,
  data: content,
  audience,
  ...(sendAt !== undefined && { sendAt: new Date(sendAt) }),
});
