import type { PortalUser } from '@signalbox/contracts';

type WithRole = Pick<PortalUser, 'role'>;

/**
 * Whether a change takes the last admin from an account: nobody of it could give anybody access again. One that has no admin
 * as it stands loses none.
 */
export function takesLastAdmin(before: readonly WithRole[], after: readonly WithRole[]): boolean {
  const hasAdmin = (users: readonly WithRole[]) => users.some(({ role }) => role === 'admin');
  return hasAdmin(before) && !hasAdmin(after);
}
