import type { SessionView } from '@signalbox/contracts';
import { sessionIdleSeconds, type Clock, type Log } from '@signalbox/runtime';
import { sessionView, type Person } from './people.js';
import type { LinkRefusal, LinkUse } from './sign-in-links.js';

export type SignIn =
  | { readonly kind: 'signed-in'; readonly cookie: string; readonly view: SessionView }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

/** Signs in with the token of a link: a new session each time, and the one that the browser had before is over. */
export class ConfirmSignIn {
  constructor(private readonly parts: ConfirmSignInParts) {}

  /** @param before the value of the session cookie that came along, if one did. */
  async execute(token: string, before?: string): Promise<SignIn> {
    const { links, sessions, people, clock } = this.parts;
    const used = await links.use(token);
    if (used.kind === 'refused') return this.refuse(used.why);
    if (before !== undefined) await sessions.end(before);
    const person = await people.find(used.identity.mailbox);
    if (person === undefined) {
      // Left between the mail and the click; the session would be nobody's.
      await sessions.endByToken(used.sessionToken);
      return this.refuse('expired');
    }
    const line = { event: 'sign-in.confirmed', identity: used.identity.id, kind: person.kind };
    this.parts.log.info(line, 'sign-in.confirmed');
    const expiresAt = new Date(clock.now().getTime() + sessionIdleSeconds * 1000);
    return {
      kind: 'signed-in',
      cookie: sessions.cookieOf(used.sessionToken),
      view: sessionView(person, expiresAt),
    };
  }

  private refuse(why: LinkRefusal): SignIn {
    this.parts.log.info({ event: 'sign-in.refused', why }, 'sign-in.refused');
    return { kind: 'refused', why };
  }
}

export interface ConfirmSignInParts {
  readonly links: { use(token: string): Promise<LinkUse> };
  readonly sessions: {
    cookieOf(sessionToken: string): string;
    end(cookie: string): Promise<void>;
    endByToken(sessionToken: string): Promise<void>;
  };
  readonly people: { find(mailbox: string): Promise<Person | undefined> };
  readonly clock: Clock;
  readonly log: Log;
}
