import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf, schemaOptions } from '@signalbox/persistence';
import type { InvitationState, InvitationView, UserRole } from '@signalbox/contracts';
import type { Asker } from '../accounts/asker.js';

/** That somebody may become a user of an account. */
export interface InvitationDocument {
  _id: string;
  account: string;
  email: string;
  role: UserRole;
  language: string;
  name: string | null;
  /** SHA-256 of the token in its newest link, in lower-case hex; the token is 256 random bits, so it needs no salt. */
  sha256: string;
  invitedBy: Pick<Asker, 'by' | 'actor'>;
  invitedAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  /** Until then, on the database's clock, it belongs to a call that makes the user; null: to none. */
  claimedUntil: Date | null;
  revokedAt: Date | null;
  /** Until then a link that no longer holds can say why. */
  forgetAt: Date;
}

const invitationSchema = new Schema<InvitationDocument>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    email: { type: String, required: true },
    role: { type: String, required: true },
    language: { type: String, required: true },
    name: { type: String, default: null },
    sha256: { type: String, required: true },
    invitedBy: { type: Schema.Types.Mixed, required: true },
    invitedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    acceptedAt: { type: Date, default: null },
    claimedUntil: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    forgetAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'invitations' },
);
invitationSchema.index({ account: 1, invitedAt: -1 });
invitationSchema.index({ sha256: 1 }, { unique: true });
invitationSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const invitationModel = (connection: Connection): Model<InvitationDocument> =>
  modelOf(connection, 'Invitation', invitationSchema);

export function stateOf(
  { acceptedAt, revokedAt, expiresAt }: Pick<InvitationDocument, 'acceptedAt' | 'revokedAt' | 'expiresAt'>,
  now: Date,
): InvitationState {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}

export const invitationView = (invitation: InvitationDocument, now: Date): InvitationView => ({
  id: invitation._id,
  email: invitation.email,
  role: invitation.role,
  state: stateOf(invitation, now),
  invitedAt: invitation.invitedAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
});
