import type { AddressHealth, DeliveryState } from '@signalbox/contracts';
import type { DeliveryReason } from './classify-smtp.js';

/** What the end of a mail, to whomever and about whatever, tells of the address that it went to. */
export type AddressObservation = Pick<AddressHealth, 'observed' | 'permanent'>;

/** The one refusal that is about the recipient: 5xx to RCPT. A refused body says nothing of the address. */
const refusedRecipient: DeliveryReason = 'recipient-refused';

/**
 * @param end how the mail ended. What expired was only ever put off, or never got as far as the recipient; what was
 *   suppressed or superseded was not sent.
 * @returns undefined when it tells nothing of the address.
 */
export function observeAddress(end: {
  readonly state: DeliveryState;
  readonly reason?: string | undefined;
}): AddressObservation | undefined {
  if (end.state === 'sent') return { observed: 'accepted', permanent: false };
  if (end.state === 'refused' && end.reason === refusedRecipient)
    return { observed: 'bounced', permanent: true };
  return undefined;
}
