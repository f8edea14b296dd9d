import type { Advice, ContactInformation } from '@signalbox/contracts';
import { addressAdviceCodes, advise } from '@signalbox/domain';
import type { Mailbox } from './lines-of.js';

/** Advice on what stands in the form, by the server's own rules; what is known of addresses only the server knows. */
export function adviseOnDraft(
  information: ContactInformation,
  users: readonly Mailbox[],
  saved: readonly Advice[],
): Advice[] {
  const known = saved.filter(({ code }) => addressAdviceCodes.some((one) => one === code));
  return [...advise(information, { users }), ...known];
}
