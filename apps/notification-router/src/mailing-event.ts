import type { Mailing, SignalboxEvent } from '@signalbox/contracts';
import { mailingEventIdParts } from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';

/** The source of all events that people send through us. */
export const mailingSource = 'urn:signalbox:people';

/** The event of one account: the same id however often it is made, so that publishing it twice tells nobody twice. */
export function mailingEvent(
  { _id, kind, data, by, counts, confirmedAt }: Mailing,
  account: string,
  now: Date,
  hash: KeyedHash,
): SignalboxEvent {
  return {
    id: hash(mailingEventIdParts(_id, account)),
    source: mailingSource,
    kind,
    account,
    time: (confirmedAt ?? now).toISOString(),
    identity: 'caller',
    acceptedBy: by.id,
    mailing: { id: _id, accounts: counts.accounts },
    data,
  };
}
