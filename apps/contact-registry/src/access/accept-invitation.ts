import { randomUUID } from 'node:crypto';
import { mailboxOf, type InvitationState, type NewPortalUser } from '@signalbox/contracts';
import { sha256Hex, type Clock, type Log } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import type { Outcome } from '../accounts/change-account.js';
import type { SignIn } from './confirm-sign-in.js';
import { stateOf, type InvitationDocument } from './invitation-document.js';
import type { SignInLink } from './sign-in-links.js';

export type Acceptance =
  SignIn | { readonly kind: 'not-accepted'; readonly why: 'unknown' | Exclude<InvitationState, 'open'> };

/**
 * Makes who was invited a user of the account, once, and signs them in: the token proves that the address is theirs as much
 * as that of a sign-in link does. It is accepted once they are a user; until then it is claimed by who makes them one, and
 * open again for the same link should that process end in between.
 */
export class AcceptInvitation {
  constructor(private readonly parts: AcceptInvitationParts) {}

  /**
   * @param from the network address of whoever accepts, for the history.
   * @param before the value of the session cookie that came along, if one did.
   */
  async execute(token: string, from: string | null, before?: string): Promise<Acceptance> {
    const { invitations, links, confirm, clock, log } = this.parts;
    const sha256 = sha256Hex(token);
    const claimed = await invitations.claim(sha256);
    if (claimed === null) return { kind: 'not-accepted', why: await this.refusalOf(sha256) };
    await this.addUser(claimed, from);
    await invitations.settle(claimed._id, clock.now());
    const { _id: invitation, account } = claimed;
    log.info({ event: 'invitation.accepted', account, invitation }, 'invitation.accepted');
    const link = await links.make(mailboxOf(claimed.email));
    return confirm.execute(link.token, before);
  }

  /**
   * It is their own act: who invited them stands in the invitation. Who has become a user in another way meanwhile is one
   * already, and that is what was wanted.
   */
  private async addUser(claimed: InvitationDocument, from: string | null): Promise<void> {
    const { account, email, role, language, name } = claimed;
    const user = { email, role, language, ...(name !== null && { name }) };
    const id = randomUUID();
    const asker: Asker = { by: 'portal user', actor: { kind: 'portal-user', id }, from };
    try {
      await this.parts.users.add(account, user, asker, id);
    } catch (error) {
      await this.parts.invitations.giveBack(claimed._id);
      throw error;
    }
  }

  private async refusalOf(sha256: string): Promise<'unknown' | Exclude<InvitationState, 'open'>> {
    const invitation = await this.parts.invitations.findByToken(sha256);
    if (invitation === null) return 'unknown';
    const state = stateOf(invitation, this.parts.clock.now());
    if (state !== 'open') return state;
    // Open by our clock alone: another has claimed it, or it has run out on the database's.
    return invitation.claimedUntil === null ? 'expired' : 'accepted';
  }
}

export interface AcceptInvitationParts {
  readonly invitations: InvitationsToAccept;
  readonly users: {
    add(
      account: string,
      user: NewPortalUser,
      asker: Asker,
      userId: string,
    ): Promise<{ readonly outcome: Outcome<'user-exists'> }>;
  };
  readonly links: { make(mailbox: string): Promise<SignInLink> };
  readonly confirm: { execute(token: string, before?: string): Promise<SignIn> };
  readonly clock: Clock;
  readonly log: Log;
}

export interface InvitationsToAccept {
  /** Takes an open invitation, for so long as making a user may take; null when it is not open, or another has it. */
  claim(sha256: string): Promise<InvitationDocument | null>;
  /** What was claimed is accepted: the user is there. */
  settle(id: string, acceptedAt: Date): Promise<void>;
  giveBack(id: string): Promise<void>;
  findByToken(sha256: string): Promise<InvitationDocument | null>;
}
