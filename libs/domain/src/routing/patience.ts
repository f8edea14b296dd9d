import type { Lane } from '@signalbox/contracts';
import { isAllClear } from '../delivery/mail-facts.js';
import type { DeliverySoFar, Facts, RoutableEvent } from './facts.js';
import { ruleFor } from './routing-table.js';

const minuteMs = 60_000;

/**
 * How long a mail may be tried before the next step of the chain is told as well, in milliseconds; the mail itself is
 * tried on. The figures are protocol section 6's.
 */
export const patienceMs = {
  emergency: minuteMs,
  standard: 240 * minuteMs,
  bulk: 240 * minuteMs,
} as const satisfies Record<Lane, number>;

/** Until when somebody who is told at the given instant keeps the next step from being told, if nothing is heard. */
export const patientUntil = (event: RoutableEvent, toldAt: Date): Date =>
  new Date(toldAt.getTime() + patienceMs[ruleFor(event.kind).lane]);

/** An emergency that is going on: somebody is to say that they are on it. */
export const asksForAcknowledgement = ({ kind, data }: Pick<RoutableEvent, 'kind' | 'data'>): boolean =>
  kind === 'emergency' && !isAllClear(data);

/**
 * Until when a mail that was accepted suffices without an acknowledgement; null: for good. Emergencies that go on ask for
 * one, and not of accounts that have turned it off.
 */
export function unansweredAt(event: RoutableEvent, facts: Facts, { toldAt }: DeliverySoFar): Date | null {
  const withinMinutes = facts.account?.acknowledgeWithinMinutes ?? 0;
  const isAsked = asksForAcknowledgement(event) && withinMinutes > 0;
  if (!isAsked || facts.acknowledged || facts.resolved) return null;
  return new Date(toldAt.getTime() + withinMinutes * minuteMs);
}

/** The latest of some ends, of which null is no end at all; null too when there are none. */
export const latestOrNever = (ends: readonly (Date | null)[]): Date | null =>
  ends.reduce<Date | null>(
    (latest, end) => (latest === null || end === null ? null : latest > end ? latest : end),
    ends[0] ?? null,
  );
