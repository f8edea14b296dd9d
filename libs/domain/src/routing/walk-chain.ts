import {
  isFinal,
  mailboxOf,
  type ChainStep,
  type PassedStep,
  type PassReason,
  type Recipient,
  type RecipientReason,
} from '@signalbox/contracts';
import { type DeliverySoFar, type Facts, type RoutableEvent, wasAccepted } from './facts.js';
import { type Member, membersOf } from './members.js';
import { latestOrNever, patientUntil, unansweredAt } from './patience.js';

/**
 * How far telling somebody has come. `overdue`: their mail has been tried for longer than one waits before telling the
 * next; `unanswered`: it was accepted, and the acknowledgement it asks for did not come.
 */
type Standing = 'untold' | 'open' | 'overdue' | 'accepted' | 'unanswered' | 'failed';

/** Somebody whom a step of the chain names. */
export interface Wanted {
  readonly recipient: Recipient;
  readonly standing: Standing;
  /** When time alone makes less of the standing, or has made it; null: never. */
  readonly until: Date | null;
}

export interface Walk {
  readonly wanted: readonly Wanted[];
  readonly passedOver: readonly PassedStep[];
  /** No step is left. */
  readonly exhausted: boolean;
  /** When time alone lets the walk go further; null: never. */
  readonly dueAt: Date | null;
  /** When the step that was passed last ran out of time; null: it was no matter of time. */
  readonly wasDueAt: Date | null;
}

/**
 * Walks a chain to the first step that may still be enough: where somebody is to be told, is being told, or was accepted,
 * and none of it for too long. Nobody stands after the last step, so there time alone changes nothing.
 */
export function walkChain(chain: readonly ChainStep[], event: RoutableEvent, facts: Facts, now: Date): Walk {
  const wanted = new Map<string, Wanted>();
  const passedOver: PassedStep[] = [];
  let wasDueAt: Date | null = null;
  for (const [position, step] of chain.entries()) {
    const members = membersOf(step, facts.account, event.data.environment, facts.operatorsMailbox);
    if ('passed' in members) {
      passedOver.push({ step, reason: members.passed });
      continue;
    }
    const why: RecipientReason =
      facts.account === null ? 'unroutable' : position === 0 ? 'category' : 'fallback';
    const here = members.there.map(
      (member) =>
        wanted.get(mailboxOf(member.address)) ?? toWanted(recipientOf(member, step, why), event, facts, now),
    );
    for (const one of here) wanted.set(mailboxOf(one.recipient.address), one);
    const isLast = position === chain.length - 1;
    const reason = whyPassed(here, isLast);
    if (reason === undefined) {
      return {
        wanted: [...wanted.values()],
        passedOver,
        exhausted: false,
        dueAt: isLast ? null : dueAtOf(here),
        wasDueAt,
      };
    }
    passedOver.push({ step, reason });
    wasDueAt = latestOrNever(
      here.filter(({ standing }) => byTime.includes(standing)).map(({ until }) => until),
    );
  }
  return { wanted: [...wanted.values()], passedOver, exhausted: true, dueAt: null, wasDueAt };
}

/** Undefined for a step that may still be enough. */
function whyPassed(here: readonly Wanted[], isLast: boolean): PassReason | undefined {
  const standings = new Set(here.map(({ standing }) => standing));
  if (enough.some((standing) => standings.has(standing))) return undefined;
  if (isLast && (standings.has('overdue') || standings.has('unanswered'))) return undefined;
  if (standings.has('unanswered')) return 'not-acknowledged';
  return standings.has('overdue') ? 'nobody-accepted-in-time' : 'nobody-accepted';
}

/** What time alone has made of a standing. */
const byTime: readonly Standing[] = ['overdue', 'unanswered'];
const enough = ['untold', 'open', 'accepted'] as const satisfies readonly Standing[];

/** A step suffices as long as one of those in it does. */
function dueAtOf(here: readonly Wanted[]): Date | null {
  return latestOrNever(
    here
      .filter(({ standing }) => (enough as readonly Standing[]).includes(standing))
      .map(({ until }) => until),
  );
}

function toWanted(recipient: Recipient, event: RoutableEvent, facts: Facts, now: Date): Wanted {
  const latest = latestDelivery(recipient.address, facts.soFar);
  if (latest === undefined) return { recipient, standing: 'untold', until: patientUntil(event, now) };
  if (latest.state === 'superseded') {
    // The address had left and is back: its first delivery stays final, so it gets one more.
    const again = { ...recipient, reinstated: latest.reinstated + 1 };
    return { recipient: again, standing: 'untold', until: patientUntil(event, now) };
  }
  const told = { ...recipient, reinstated: latest.reinstated };
  if (!isFinal(latest.state)) return timed(told, 'open', 'overdue', patientUntil(event, latest.toldAt), now);
  if (!wasAccepted(latest)) return { recipient: told, standing: 'failed', until: null };
  return timed(told, 'accepted', 'unanswered', unansweredAt(event, facts, latest), now);
}

const timed = (
  recipient: Recipient,
  before: Standing,
  after: Standing,
  until: Date | null,
  now: Date,
): Wanted =>
  until !== null && now >= until
    ? { recipient, standing: after, until }
    : { recipient, standing: before, until };

function latestDelivery(address: string, soFar: readonly DeliverySoFar[]): DeliverySoFar | undefined {
  return soFar
    .filter((delivery) => mailboxOf(delivery.address) === mailboxOf(address))
    .reduce<DeliverySoFar | undefined>(
      (latest, delivery) => (latest && latest.reinstated > delivery.reinstated ? latest : delivery),
      undefined,
    );
}

/** A member of a step as a decision names them. */
export const recipientOf = (member: Member, step: ChainStep, why: RecipientReason): Recipient => ({
  ...member,
  step,
  why,
  reinstated: 0,
});
