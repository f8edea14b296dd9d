import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';

/** Who a mail says asked for it when that was the platform: which of its people or keys it was is for the history. */
const platformName = 'Signalbox';

/** How a mail names who asked for it: a portal user by name; the mail says "somebody" of one who gave none. */
export function displayNameOf(
  { actor }: Asker,
  { users }: Pick<AccountDocument, 'users'>,
): string | undefined {
  return actor.kind === 'portal-user' ? users.find(({ id }) => id === actor.id)?.name : platformName;
}
