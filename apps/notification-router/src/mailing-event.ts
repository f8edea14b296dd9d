import type { EventReference, Mailing, SignalboxEvent } from '@signalbox/contracts';
import { mailingEventIdParts } from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';

/** The source of all events that people send through us. */
const mailingSource = 'urn:signalbox:people';

/** What names the event of one account. */
export const mailingEventOf = (mailing: string, account: string, hash: KeyedHash): EventReference => ({
  source: mailingSource,
  id: hash(mailingEventIdParts(mailing, account)),
});

/** The event of one account: the same id however often it is made, so that publishing it twice tells nobody twice. */
export function mailingEvent(
  { _id, kind, data, by, counts, confirmedAt, resolves }: Mailing,
  account: string,
  now: Date,
  hash: KeyedHash,
): SignalboxEvent {
  return {
    ...mailingEventOf(_id, account, hash),
    kind,
    account,
    // A notice to many goes out over hours, and is not late for that.
    time: (kind === 'emergency' && confirmedAt ? confirmedAt : now).toISOString(),
    identity: 'caller',
    acceptedBy: by.id,
    mailing: { id: _id, accounts: counts.accounts },
    data: resolves === undefined ? data : { ...data, resolves: mailingEventOf(resolves, account, hash) },
  };
}
