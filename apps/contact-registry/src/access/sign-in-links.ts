import { sha256Hex, type Clock } from '@signalbox/runtime';
import type { Identity } from './identities.js';
import type { SignInLinkNote } from './sign-in-link-document.js';
import { linkHoldsSeconds, libraryNameOf, type SignInLibrary } from './sign-in-library.js';

/** A link and the instant until which it holds. */
export interface SignInLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Why a link does not sign in. */
export type LinkRefusal = 'used' | 'expired' | 'unknown';

export type LinkUse =
  | { readonly kind: 'proven'; readonly identity: Identity; readonly sessionToken: string }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

/** What is remembered of links that no longer hold is remembered so long after their end, in milliseconds. */
const rememberedMs = 24 * 60 * 60_000;

/** The links of sign-in mails: made for a mailbox, good once, and able to say afterwards why they are not. */
export class SignInLinks {
  constructor(
    private readonly library: SignInLibrary,
    private readonly notes: LinkNotes,
    private readonly identities: IdentityMaker,
    private readonly clock: Clock,
  ) {}

  /** @param mailbox of somebody who is known here: for anybody else this would make them known. */
  async make(mailbox: string): Promise<SignInLink> {
    await this.identities.ensure(mailbox);
    // Taken before the library does, so that a link which it finds expired is expired by its note too.
    const expiresAt = new Date(this.clock.now().getTime() + linkHoldsSeconds * 1000);
    let token: string | undefined;
    await this.library.api.signInMagicLink({
      body: {
        email: libraryNameOf(mailbox),
        metadata: { handOver: (made: string) => void (token = made) },
      },
      headers: new Headers(),
    });
    if (token === undefined) throw new Error('the sign-in library made no link');
    const forgetAt = new Date(expiresAt.getTime() + rememberedMs);
    await this.notes.note({ _id: sha256Hex(token), expiresAt, usedAt: null, forgetAt });
    return { token, expiresAt };
  }

  /** Uses a link up and opens a session. Of any number of callers with one token exactly one is proven. */
  async use(token: string): Promise<LinkUse> {
    const proven = await this.prove(token);
    const sha256 = sha256Hex(token);
    if (proven === undefined) {
      return { kind: 'refused', why: refusalOf(await this.notes.find(sha256), this.clock.now()) };
    }
    await this.notes.noteUse(sha256, this.clock.now());
    return { kind: 'proven', ...proven };
  }

  private async prove(token: string): Promise<{ identity: Identity; sessionToken: string } | undefined> {
    try {
      const { token: sessionToken, user } = await this.library.api.magicLinkVerify({
        query: { token },
        headers: new Headers(),
      });
      const { id, mailbox } = user as Identity & typeof user;
      return { identity: { id, mailbox }, sessionToken };
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }
}

/** Of a link that proves nothing; one that neither was used by its note nor is over has just been used by another. */
export function refusalOf(note: Pick<SignInLinkNote, 'expiresAt' | 'usedAt'> | null, now: Date): LinkRefusal {
  if (note === null) return 'unknown';
  return note.usedAt === null && note.expiresAt <= now ? 'expired' : 'used';
}

/** The library refuses by redirecting to a page of its own, which there is none of. */
const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && error.status === 'FOUND';

export interface LinkNotes {
  note(note: SignInLinkNote): Promise<void>;
  find(sha256: string): Promise<SignInLinkNote | null>;
  noteUse(sha256: string, usedAt: Date): Promise<void>;
}

export interface IdentityMaker {
  ensure(mailbox: string): Promise<unknown>;
}
