import type { MailAsker } from '@signalbox/contracts';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';

/** Who a mail says asked for it when that was the platform: which of its people or keys it was is for the history. */
const platform: MailAsker = { name: 'Signalbox' };

/** Who a mail says asked for it: a portal user, or the platform. */
export function mailAskerOf({ actor }: Asker, { users }: Pick<AccountDocument, 'users'>): MailAsker {
  if (actor.kind !== 'portal-user') return platform;
  const user = users.find(({ id }) => id === actor.id);
  return { name: user?.name, address: user?.email };
}
