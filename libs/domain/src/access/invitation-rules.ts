import type { UserRole } from '@signalbox/contracts';

/** As whom somebody invites: an operator of the platform, or by their role in the account. */
export type Inviter = 'operator' | UserRole;

/**
 * Which roles may be invited by whom. While the gate is closed anybody who meets it may bring in someone better placed, since
 * nothing else is reachable then; once it is open that is for admins.
 */
export const invitationRules = {
  operator: { gateClosed: ['admin', 'member'], gateOpen: ['admin', 'member'] },
  admin: { gateClosed: ['admin', 'member'], gateOpen: ['admin', 'member'] },
  member: { gateClosed: ['member'], gateOpen: [] },
} as const satisfies Record<Inviter, Record<'gateClosed' | 'gateOpen', readonly UserRole[]>>;

/** Whether this inviter may invite, resend and revoke an invitation for this role. */
export function mayInvite(inviter: Inviter, role: UserRole, isGateOpen: boolean): boolean {
  const roles: readonly UserRole[] = invitationRules[inviter][isGateOpen ? 'gateOpen' : 'gateClosed'];
  return roles.includes(role);
}
