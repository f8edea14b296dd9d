import type { Log } from '@signalbox/runtime';
import type { Session } from './sessions.js';

/** Signing out: of the session that asks, or of all that its owner has anywhere. */
export class EndSessions {
  constructor(private readonly parts: EndSessionsParts) {}

  one(cookie: string): Promise<void> {
    return this.end(cookie, 'here', ({ token }) => this.parts.sessions.endByToken(token));
  }

  all(cookie: string): Promise<void> {
    return this.end(cookie, 'everywhere', ({ identity }) =>
      this.parts.identities.endSessions(identity.mailbox),
    );
  }

  private async end(cookie: string, where: string, end: (session: Session) => Promise<void>): Promise<void> {
    const session = await this.parts.sessions.find(cookie);
    if (session === undefined) return;
    await end(session);
    const line = { event: 'sign-out', identity: session.identity.id, where };
    this.parts.log.info(line, 'sign-out');
  }
}

export interface EndSessionsParts {
  readonly sessions: {
    find(cookie: string): Promise<Session | undefined>;
    endByToken(sessionToken: string): Promise<void>;
  };
  readonly identities: { endSessions(mailbox: string): Promise<void> };
  readonly log: Log;
}
