import { mailboxOf, type EventReference } from '@signalbox/contracts';

/** What names an event, and so its dispatch: the source and the id, in this order. Hashed with the id key. */
export const dispatchIdParts = ({ source, id }: EventReference): readonly string[] => ['event', source, id];

/**
 * What names a delivery: the dispatch and the address, so that an address in two rounds is one delivery. An address
 * that left while the event was open and came back counts once more.
 */
export const deliveryIdParts = (
  dispatchId: string,
  address: string,
  reinstated: number,
): readonly string[] => ['delivery', dispatchId, mailboxOf(address), String(reinstated)];

/** What names a mailbox where its address must not stand: in facts about it, on topics, in limits. */
export const addressHashParts = (address: string): readonly string[] => ['address', mailboxOf(address)];

/** What names the event of one account in what a person sent to many: published twice it is one event. */
export const mailingEventIdParts = (mailing: string, account: string): readonly string[] => [
  'mailing',
  mailing,
  account,
];
