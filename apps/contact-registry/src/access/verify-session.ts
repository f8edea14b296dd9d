import type { SessionVerdict, SessionView } from '@signalbox/contracts';
import { principalOf, sessionView, type Person } from './people.js';
import type { Session } from './sessions.js';

/** Whose a session cookie is. What its owner may do is read anew each time, so that what they lose is lost at once. */
export class VerifySession {
  constructor(
    private readonly sessions: { find(cookie: string): Promise<Session | undefined> },
    private readonly people: { find(mailbox: string): Promise<Person | undefined> },
  ) {}

  async execute(cookie: string): Promise<SessionVerdict> {
    const found = await this.find(cookie);
    if (found === undefined) return { known: false };
    const { session, person } = found;
    return {
      known: true,
      principal: principalOf(person, session.identity.id),
      ...(session.renewed !== undefined && { renewed: session.renewed }),
    };
  }

  /** As its owner sees it; undefined when the session is none any more. */
  async view(cookie: string): Promise<SessionView | undefined> {
    const found = await this.find(cookie);
    return found && sessionView(found.person, found.session.expiresAt);
  }

  /** A session whose mailbox is nobody's any more is no session. */
  private async find(cookie: string): Promise<{ session: Session; person: Person } | undefined> {
    const session = await this.sessions.find(cookie);
    if (session === undefined) return undefined;
    const person = await this.people.find(session.identity.mailbox);
    return person && { session, person };
  }
}
