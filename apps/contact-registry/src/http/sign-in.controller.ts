import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { LinkSecret, SignInRequest, type SessionView, type SignInAsked } from '@signalbox/contracts';
import { parseOrProblem, ProblemError, type SessionCookie } from '@signalbox/runtime';
import type { Request, Response } from 'express';
import { AskForSignIn } from '../access/ask-for-sign-in.js';
import { ConfirmSignIn } from '../access/confirm-sign-in.js';
import type { LinkRefusal } from '../access/sign-in-links.js';
import { senderOf } from './access.js';
import { sessionCookieToken } from './session-cookie-token.js';

/** The same whoever asks: it must not tell who is known here. */
const asked: SignInAsked = {
  message: 'If this address may sign in, a link is on its way to it. It can be used once, within 15 minutes.',
};

@Controller('v1/sign-in')
export class SignInController {
  constructor(
    private readonly ask: AskForSignIn,
    private readonly confirm: ConfirmSignIn,
    @Inject(sessionCookieToken) private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @HttpCode(202)
  send(@Body() body: unknown, @Req() request: Request): SignInAsked {
    this.ask.execute(parseOrProblem(SignInRequest, body).email, senderOf(request));
    return asked;
  }

  @Post('confirm')
  @HttpCode(200)
  async signIn(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { token } = parseOrProblem(LinkSecret, body);
    const signIn = await this.confirm.execute(token, this.cookie.read(request.headers.cookie));
    if (signIn.kind === 'refused') throw linkProblem(signIn.why);
    response.append('Set-Cookie', this.cookie.set(signIn.cookie));
    return signIn.view;
  }
}

function linkProblem(why: LinkRefusal): ProblemError {
  switch (why) {
    case 'used':
      return new ProblemError('sign-in-link-used', 'This link was used already. Ask for a new one.');
    case 'expired':
      return new ProblemError('sign-in-link-expired', 'This link does not hold any more. Ask for a new one.');
    case 'unknown':
      return new ProblemError(
        'sign-in-link-unknown',
        'There is no such link. Copy all of it from the mail, or ask for a new one.',
      );
  }
}
