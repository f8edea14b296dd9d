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
 * as that of a sign-in link does.
 */
export class AcceptInvitation {
  constructor(private readonly parts: AcceptInvitationParts) {}

  /** @param before the value of the session cookie that came along, if one did. */
  async execute(token: string, before?: string): Promise<Acceptance> {
    const { invitations, links, confirm, clock, log } = this.parts;
    const sha256 = sha256Hex(token);
    const claimed = await invitations.claim(sha256, clock.now());
    if (claimed === null) return { kind: 'not-accepted', why: await this.refusalOf(sha256) };
    await this.addUser(claimed);
    const { _id: invitation, account } = claimed;
    log.info({ event: 'invitation.accepted', account, invitation }, 'invitation.accepted');
    const link = await links.make(mailboxOf(claimed.email));
    return confirm.execute(link.token, before);
  }

  /** Who has become a user in another way meanwhile is one already, and that is what was wanted. */
  private async addUser(claimed: InvitationDocument): Promise<void> {
    const { account, email, role, language, name, invitedBy } = claimed;
    const user = { email, role, language, ...(name !== null && { name }) };
    try {
      await this.parts.users.add(account, user, { ...invitedBy, from: null });
    } catch (error) {
      await this.parts.invitations.giveBack(claimed._id);
      throw error;
    }
  }

  private async refusalOf(sha256: string): Promise<'unknown' | Exclude<InvitationState, 'open'>> {
    const invitation = await this.parts.invitations.findByToken(sha256);
    if (invitation === null) return 'unknown';
    const state = stateOf(invitation, this.parts.clock.now());
    return state === 'open' ? 'expired' : state; // Open by our clock alone: it has run out on the database's.
  }
}

export interface AcceptInvitationParts {
  readonly invitations: InvitationsToAccept;
  readonly users: {
    add(
      account: string,
      user: NewPortalUser,
      asker: Asker,
    ): Promise<{ readonly outcome: Outcome<'user-exists'> }>;
  };
  readonly links: { make(mailbox: string): Promise<SignInLink> };
  readonly confirm: { execute(token: string, before?: string): Promise<SignIn> };
  readonly clock: Clock;
  readonly log: Log;
}

export interface InvitationsToAccept {
  /** Takes an open invitation for accepted; null when it is not open. */
  claim(sha256: string, acceptedAt: Date): Promise<InvitationDocument | null>;
  giveBack(id: string): Promise<void>;
  findByToken(sha256: string): Promise<InvitationDocument | null>;
}
