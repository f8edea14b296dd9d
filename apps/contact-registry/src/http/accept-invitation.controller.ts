import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { LinkSecret, type SessionView } from '@signalbox/contracts';
import { parseOrProblem, ProblemError, type SessionCookie } from '@signalbox/runtime';
import type { Request, Response } from 'express';
import { AcceptInvitation, type Acceptance } from '../access/accept-invitation.js';
import { senderOf } from './access.js';
import { sessionCookieToken } from './session-cookie-token.js';

@Controller('v1/invitations')
export class AcceptInvitationController {
  constructor(
    private readonly accept: AcceptInvitation,
    @Inject(sessionCookieToken) private readonly cookie: SessionCookie,
  ) {}

  @Post('accept')
  @HttpCode(200)
  async execute(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { token } = parseOrProblem(LinkSecret, body);
    const acceptance = await this.accept.execute(
      token,
      senderOf(request),
      this.cookie.read(request.headers.cookie),
    );
    if (acceptance.kind !== 'signed-in') throw acceptanceProblem(acceptance);
    response.append('Set-Cookie', this.cookie.set(acceptance.cookie));
    return acceptance.view;
  }
}

function acceptanceProblem(acceptance: Exclude<Acceptance, { kind: 'signed-in' }>): ProblemError {
  // Accepted, and taken out of the account again before the session began.
  if (acceptance.kind === 'refused')
    return new ProblemError('invitation-revoked', 'This invitation was taken back.');
  switch (acceptance.why) {
    case 'unknown':
      return new ProblemError('invitation-unknown', 'There is no such invitation. Copy all of the link.');
    case 'accepted':
      return new ProblemError(
        'invitation-accepted',
        'This invitation was accepted already. Sign in instead.',
      );
    case 'revoked':
      return new ProblemError('invitation-revoked', 'This invitation was taken back.');
    case 'expired':
      return new ProblemError('invitation-expired', 'This invitation has run out. Ask for a new one.');
  }
}
