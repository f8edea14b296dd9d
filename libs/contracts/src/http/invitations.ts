import { z } from 'zod';
import { UserRole } from '../contacts/account.js';
import { EmailAddress } from '../contacts/address.js';

/** `open` is the one that can be accepted. */
export const InvitationState = z
  .enum(['open', 'accepted', 'revoked', 'expired'])
  .meta({ id: 'InvitationState' });
export type InvitationState = z.infer<typeof InvitationState>;

/** An invitation without its token, which stands in the mail alone. */
export const InvitationView = z
  .object({
    id: z.string(),
    email: EmailAddress,
    role: UserRole,
    state: InvitationState,
    invitedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationList = z
  .object({ items: z.array(InvitationView), nextCursor: z.null() })
  .meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof InvitationList>;
