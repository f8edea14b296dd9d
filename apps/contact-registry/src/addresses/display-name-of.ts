import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';

/** How a mail names who asked for it: a portal user by name, when they gave one. Of others the mail says "somebody". */
export function displayNameOf(
  { actor }: Asker,
  { users }: Pick<AccountDocument, 'users'>,
): string | undefined {
  return actor.kind === 'portal-user' ? users.find(({ id }) => id === actor.id)?.name : undefined;
}
