import { Controller, Delete, Get, HttpCode, Inject, Req, Res } from '@nestjs/common';
import type { Principal, SessionView } from '@signalbox/contracts';
import { CurrentPrincipal, ProblemError, type SessionCookie } from '@signalbox/runtime';
import type { Request, Response } from 'express';
import { EndSessions } from '../access/end-sessions.js';
import { VerifySession } from '../access/verify-session.js';
import { sessionCookieToken } from './session-cookie-token.js';

@Controller('v1')
export class SessionController {
  constructor(
    private readonly sessions: VerifySession,
    private readonly endSessions: EndSessions,
    @Inject(sessionCookieToken) private readonly cookie: SessionCookie,
  ) {}

  @Get('session')
  async who(@Req() request: Request, @CurrentPrincipal() principal: Principal): Promise<SessionView> {
    if (principal.kind === 'api-key') {
      const { kind, name, scopes } = principal;
      return { kind, name, scopes };
    }
    const view = await this.sessions.view(this.cookieOf(request));
    if (view === undefined) throw new ProblemError('not-found', 'The session is over.');
    return view;
  }

  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.endSessions.one(this.cookieOf(request));
    response.append('Set-Cookie', this.cookie.cleared);
  }

  @Delete('sessions')
  @HttpCode(204)
  async signOutEverywhere(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.endSessions.all(this.cookieOf(request));
    response.append('Set-Cookie', this.cookie.cleared);
  }

  /** @throws ProblemError `forbidden` for who came with a key: a key is revoked, and signs out of nothing. */
  private cookieOf({ headers }: Request): string {
    const value = this.cookie.read(headers.cookie);
    if (value === undefined)
      throw new ProblemError('forbidden', 'This is for who signed in, not for API keys.');
    return value;
  }
}
