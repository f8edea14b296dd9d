import { randomUUID } from 'node:crypto';
import {
  accountMailExpiry,
  mailboxOf,
  type Environment,
  type InvitationState,
  type InvitationView,
  type NewAccountMail,
  type NewPortalUser,
} from '@signalbox/contracts';
import { mayInvite, missingFields, type Inviter } from '@signalbox/domain';
import { newToken, sha256Hex, type Clock, type Log } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';
import { mailAskerOf } from '../accounts/mail-asker-of.js';
import { invitationView, type InvitationDocument } from './invitation-document.js';

/** Who asks, as whom, and the environment whose gate they stand before. */
export interface InvitationAsk {
  readonly account: string;
  readonly environment: Environment;
  readonly inviter: Inviter;
  readonly asker: Asker;
}

export type InvitationRefusal =
  | 'no-such-account'
  | 'no-such-invitation'
  | 'not-allowed'
  | 'user-exists'
  | Exclude<InvitationState, 'open' | 'expired'>;

export type InvitationOutcome =
  | { readonly kind: 'done'; readonly view: InvitationView }
  | { readonly kind: 'too-many-mails'; readonly againInMs: number }
  | { readonly kind: 'refused'; readonly why: InvitationRefusal };

const refused = (why: InvitationRefusal): InvitationOutcome => ({ kind: 'refused', why });

/** An invitation that is over can say so for so long, in milliseconds. */
const rememberedMs = 30 * 24 * 60 * 60_000;

/** Inviting somebody to an account by mail, doing it again, and taking it back. */
export class ChangeInvitations {
  constructor(private readonly parts: ChangeInvitationsParts) {}

  /** An earlier invitation of the same address to the account is taken back: one link holds at a time. */
  async make(ask: InvitationAsk, wanted: NewPortalUser): Promise<InvitationOutcome> {
    const { invitations, accounts, clock } = this.parts;
    const account = await accounts.find(ask.account);
    if (account === null) return refused('no-such-account');
    if (!isAllowed(ask, account, wanted.role)) return refused('not-allowed');
    if (account.users.some(({ email }) => mailboxOf(email) === mailboxOf(wanted.email)))
      return refused('user-exists');
    const tooMany = await this.tooManyMails(wanted.email);
    if (tooMany !== undefined) return tooMany;
    await invitations.revokeOpen(account._id, wanted.email, clock.now());
    const { token, ...link } = this.newLink();
    const { email, role, language = account.locale, name = null } = wanted;
    const invitation: InvitationDocument = {
      ...{ _id: randomUUID(), account: account._id, email, role, language, name, ...link },
      invitedBy: { by: ask.asker.by, actor: ask.asker.actor },
      ...{ invitedAt: clock.now(), acceptedAt: null, claimedUntil: null, revokedAt: null },
    };
    await invitations.insert(invitation);
    return this.mailed('invitation.made', invitation, account, token, ask);
  }

  /** With a new link; the old one no longer holds. One that has run out holds anew. */
  async resend(ask: InvitationAsk, id: string): Promise<InvitationOutcome> {
    const found = await this.find(ask, id);
    if ('kind' in found) return found;
    const tooMany = await this.tooManyMails(found.invitation.email);
    if (tooMany !== undefined) return tooMany;
    const { token, ...link } = this.newLink();
    const changed = await this.parts.invitations.change(id, link);
    if (changed === null) return this.isOver(ask, id);
    return this.mailed('invitation.resent', changed, found.account, token, ask);
  }

  async revoke(ask: InvitationAsk, id: string): Promise<InvitationOutcome> {
    const found = await this.find(ask, id);
    if ('kind' in found) return found;
    const revokedAt = this.parts.clock.now();
    const changed = await this.parts.invitations.change(id, { revokedAt });
    if (changed === null) return this.isOver(ask, id);
    return this.done('invitation.revoked', changed, ask);
  }

  /** What may be changed by who asks. */
  private async find(
    ask: InvitationAsk,
    id: string,
  ): Promise<
    | { readonly account: AccountDocument; readonly invitation: InvitationDocument }
    | Extract<InvitationOutcome, { kind: 'refused' }>
  > {
    const account = await this.parts.accounts.find(ask.account);
    if (account === null) return { kind: 'refused', why: 'no-such-account' };
    const invitation = await this.parts.invitations.find(ask.account, id);
    if (invitation === null) return { kind: 'refused', why: 'no-such-invitation' };
    if (!isAllowed(ask, account, invitation.role)) return { kind: 'refused', why: 'not-allowed' };
    return { account, invitation };
  }

  private async isOver({ account }: InvitationAsk, id: string): Promise<InvitationOutcome> {
    const invitation = await this.parts.invitations.find(account, id);
    if (invitation === null) return refused('no-such-invitation');
    return refused(invitation.revokedAt === null ? 'accepted' : 'revoked');
  }

  private newLink() {
    const token = newToken();
    const expiresAt = accountMailExpiry('invitation', this.parts.clock.now());
    const forgetAt = new Date(expiresAt.getTime() + rememberedMs);
    return { token, sha256: sha256Hex(token), expiresAt, forgetAt };
  }

  /** Undefined when one more may be mailed, and then that one is counted. */
  private async tooManyMails(address: string): Promise<InvitationOutcome | undefined> {
    const which = { kind: 'invitation', address } as const;
    if (await this.parts.mails.admit(which)) return undefined;
    return { kind: 'too-many-mails', againInMs: await this.parts.mails.againInMs(which) };
  }

  private async mailed(
    event: string,
    invitation: InvitationDocument,
    account: AccountDocument,
    secret: string,
    ask: InvitationAsk,
  ): Promise<InvitationOutcome> {
    const { email: address, language, role, expiresAt } = invitation;
    await this.parts.mails.send({
      kind: 'invitation',
      account: { id: account._id, name: account.name },
      facts: { role },
      asker: mailAskerOf(ask.asker, account),
      ...{ address, language, secret, expiresAt },
    });
    return this.done(event, invitation, ask);
  }

  private done(event: string, invitation: InvitationDocument, { asker }: InvitationAsk): InvitationOutcome {
    const { _id, account, role } = invitation;
    this.parts.log.info({ event, account, invitation: _id, role, actor: asker.actor }, event);
    return { kind: 'done', view: invitationView(invitation, this.parts.clock.now()) };
  }
}

function isAllowed(
  { inviter, environment }: InvitationAsk,
  { information, integrationType }: AccountDocument,
  role: InvitationDocument['role'],
): boolean {
  const isGateOpen = missingFields(information, integrationType, environment).length === 0;
  return mayInvite(inviter, role, isGateOpen);
}

export interface ChangeInvitationsParts {
  readonly invitations: InvitationWrites;
  readonly accounts: { find(account: string): Promise<AccountDocument | null> };
  readonly mails: {
    admit(which: InvitationOf): Promise<boolean>;
    againInMs(which: InvitationOf): Promise<number>;
    send(mail: NewAccountMail): Promise<unknown>;
  };
  readonly clock: Clock;
  readonly log: Log;
}

interface InvitationOf {
  readonly kind: 'invitation';
  readonly address: string;
}

export interface InvitationWrites {
  insert(invitation: InvitationDocument): Promise<void>;
  find(account: string, id: string): Promise<InvitationDocument | null>;
  /** Null when it is accepted or revoked, or is being accepted. */
  change(
    id: string,
    set: Partial<Pick<InvitationDocument, 'sha256' | 'expiresAt' | 'forgetAt' | 'revokedAt'>>,
  ): Promise<InvitationDocument | null>;
  revokeOpen(account: string, email: string, revokedAt: Date): Promise<void>;
}
