import {
  isErasedAddress,
  type Decision,
  type Delivery,
  type Dispatch,
  type Round,
  type RoundRecipient,
} from '@signalbox/contracts';
import { deliveryIdParts, dispatchIdParts } from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';
import type { JobToAdd } from './offer-jobs.js';
import type { ReceivedEvent } from './received-event.js';

/** The UTC day that closes an instant's book. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** The id of an event's dispatch. */
export const dispatchIdOf = (hash: KeyedHash, event: { source: string; id: string }): string =>
  hash(dispatchIdParts(event));

/** The stored decision of one event, as it is inserted once. */
export function toDispatch(
  { event, bodyHash, origin, acceptedAt }: ReceivedEvent,
  decision: Decision,
  accountName: string,
  hash: KeyedHash,
): Dispatch {
  const _id = dispatchIdOf(hash, event);
  return {
    _id,
    event,
    bodyHash,
    origin,
    acceptedAt,
    decidedAt: decision.at,
    day: dayOf(decision.at),
    accountName,
    rule: decision.rule,
    category: decision.category,
    lane: decision.lane,
    contactVersion: decision.contactVersion,
    ...(decision.suppressed !== undefined && { suppressed: decision.suppressed }),
    passedOver: decision.passedOver,
    notes: decision.notes,
    rounds: nextRounds([], _id, decision, hash),
    state: decision.state,
    open: isOpen(decision),
    dueAt: decision.dueAt,
    acknowledgement: null,
    resolvedAt: null,
    revision: 1,
    toApply: null,
  };
}

/** Whether anything may still come of the event, by what happens or by time alone. */
export const isOpen = ({ state, dueAt }: Decision): boolean => state === 'delivering' || dueAt !== null;

/** The rounds with one more, if the decision tells anybody. */
export function nextRounds(
  rounds: readonly Round[],
  dispatchId: string,
  { because, tell, contactVersion, at, wasDueAt }: Decision,
  hash: KeyedHash,
): Round[] {
  if (because === undefined) return [...rounds];
  const recipients = tell.map((recipient) => ({
    ...recipient,
    delivery: hash(deliveryIdParts(dispatchId, recipient.address, recipient.reinstated)),
  }));
  const round = { number: rounds.length + 1, because, contactVersion, at, recipients };
  return [...rounds, { ...round, ...(wasDueAt !== null && { dueAt: wasDueAt }) }];
}

/** All recipients of a dispatch, whatever the round. */
export const recipientsOf = (dispatch: Pick<Dispatch, 'rounds'>): RoundRecipient[] =>
  dispatch.rounds.flatMap(({ recipients }) => recipients);

/** At most this many recipients make an emergency a single one, which goes before a mass one. */
const mostRecipientsOfSingle = 20;

/** Whether its mails go before those of a mass emergency: it reaches few people, and no other account. */
export const isSingle = (dispatch: Pick<Dispatch, 'rounds' | 'event'>): boolean =>
  recipientsOf(dispatch).filter(({ suppressed }) => suppressed === undefined).length <=
    mostRecipientsOfSingle && isOfOneAccount(dispatch.event);

/** Whether nothing else is sent together with it. */
const isOfOneAccount = ({ mailing }: Pick<Delivery, 'mailing'>): boolean => (mailing?.accounts ?? 1) === 1;

/** The job of a delivery's current attempt, of whose dispatch no more is known. */
export const jobOf = (delivery: Pick<Delivery, '_id' | 'attempt' | 'lane' | 'mailing'>): JobToAdd => ({
  delivery: delivery._id,
  attempt: delivery.attempt,
  lane: delivery.lane,
  single: isOfOneAccount(delivery),
});

/** A delivery as it is born: pending and due at once, or suppressed for good. */
export function toDelivery(dispatch: Dispatch, recipient: RoundRecipient, by: string, now: Date): Delivery {
  // A note that a crash left behind may name somebody who was erased since: their delivery is born, and tells nobody.
  const reason = isErasedAddress(recipient.address) ? ('erased' as const) : recipient.suppressed;
  const state = reason === undefined ? 'pending' : 'suppressed';
  return {
    _id: recipient.delivery,
    dispatch: dispatch._id,
    account: dispatch.event.account,
    kind: dispatch.event.kind,
    category: dispatch.category,
    lane: dispatch.lane,
    day: dispatch.day,
    acceptedAt: dispatch.acceptedAt,
    address: recipient.address,
    language: recipient.language,
    step: recipient.step,
    why: recipient.why,
    ...(dispatch.event.mailing && { mailing: dispatch.event.mailing }),
    state,
    ...(reason !== undefined && { reason, settledAt: now, unreported: true }),
    attempt: 1,
    nextAttemptAt: state === 'pending' ? now : null,
    claim: null,
    blanks: 0,
    transitions: [{ at: now, to: state, attempt: 1, by, ...(reason !== undefined && { reason }) }],
  };
}
