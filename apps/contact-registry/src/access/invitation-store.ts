import { mailboxOf } from '@signalbox/contracts';
import { byMailbox, fromNow } from '@signalbox/persistence';
import type { Connection, Model } from 'mongoose';
import type { InvitationsToAccept } from './accept-invitation.js';
import type { InvitationWrites } from './change-invitations.js';
import { invitationModel, type InvitationDocument } from './invitation-document.js';

/** The invitations of one account that are shown; older ones are forgotten soon anyway. */
const mostShown = 500;

const isOpen = { acceptedAt: null, revokedAt: null } as const;

/** Longer than making a user takes, and short for who tries the link again after a process has died with it. */
const claimMs = 10_000;
/** What is null, or was stored before there were claims, is before every instant. */
const isUnclaimed = { $lt: ['$claimedUntil', '$$NOW'] };

/** All that is done to the collection `invitations`. Who accepts and who revokes at once: one of them finds it done. */
export class InvitationStore implements InvitationWrites, InvitationsToAccept {
  private readonly invitations: Model<InvitationDocument>;

  constructor(connection: Connection) {
    this.invitations = invitationModel(connection);
  }

  async createIndexes(): Promise<void> {
    await this.invitations.createIndexes();
  }

  async insert(invitation: InvitationDocument): Promise<void> {
    await this.invitations.create(invitation);
  }

  /** Newest first. */
  list(account: string): Promise<InvitationDocument[]> {
    return this.invitations
      .find({ account })
      .sort({ invitedAt: -1 })
      .limit(mostShown)
      .lean<InvitationDocument[]>()
      .exec();
  }

  find(account: string, id: string): Promise<InvitationDocument | null> {
    return this.invitations.findOne({ _id: id, account }).lean<InvitationDocument>().exec();
  }

  findByToken(sha256: string): Promise<InvitationDocument | null> {
    return this.invitations.findOne({ sha256 }).lean<InvitationDocument>().exec();
  }

  change(
    id: string,
    set: Partial<Pick<InvitationDocument, 'sha256' | 'expiresAt' | 'forgetAt' | 'revokedAt'>>,
  ): Promise<InvitationDocument | null> {
    return this.invitations
      .findOneAndUpdate(
        { _id: id, ...isOpen, $expr: isUnclaimed },
        { $set: set },
        { returnDocument: 'after' },
      )
      .lean<InvitationDocument>()
      .exec();
  }

  async revokeOpen(account: string, email: string, revokedAt: Date): Promise<void> {
    // Compared in the account's few: no index of invitations is in the order of mailboxes.
    const isOfMailbox = { $eq: [{ $toLower: '$email' }, { $literal: mailboxOf(email) }] };
    await this.invitations.updateMany(
      { account, ...isOpen, $expr: { $and: [isUnclaimed, isOfMailbox] } },
      { $set: { revokedAt } },
    );
  }

  claim(sha256: string): Promise<InvitationDocument | null> {
    return this.invitations
      .findOneAndUpdate(
        { sha256, ...isOpen, $expr: { $and: [isUnclaimed, { $gt: ['$expiresAt', '$$NOW'] }] } },
        [{ $set: { claimedUntil: fromNow(claimMs) } }],
        { updatePipeline: true, returnDocument: 'after' },
      )
      .lean<InvitationDocument>()
      .exec();
  }

  async settle(id: string, acceptedAt: Date): Promise<void> {
    await this.invitations.updateOne({ _id: id }, { $set: { acceptedAt, claimedUntil: null } });
  }

  /** Safe to run again. @returns how many invitations of the address went, in whatever case it was written. */
  async forget(address: string): Promise<number> {
    const gone = await this.invitations.deleteMany({ email: address }).collation(byMailbox);
    return gone.deletedCount;
  }

  async giveBack(id: string): Promise<void> {
    await this.invitations.updateOne({ _id: id }, { $set: { claimedUntil: null } });
  }
}
