import {
  isFinal,
  mailboxOf,
  type ChainStep,
  type Decision,
  type DecisionNote,
  type PassedStep,
  type Recipient,
  type RecipientReason,
  type RoundReason,
  type SuppressionReason,
} from '@signalbox/contracts';
import { fallbackChains, unroutableChain } from './fallback-chains.js';
import type { DeliverySoFar, Facts, RoutableEvent } from './facts.js';
import { type Member, membersOf } from './members.js';
import { type Rule, ruleFor } from './routing-table.js';

/**
 * What is to be done about one event, and why. Pure: the same event, facts and time give the same answer, in preview,
 * live routing, replay, and whenever something happened to a dispatch that is still open.
 * @param now the instant the decision is made for; nothing else may be read as the time.
 */
export function decide(event: RoutableEvent, facts: Facts, now: Date): Decision {
  const rule = ruleFor(event.kind);
  const quiet = facts.account === null ? undefined : reasonToStayQuiet(rule, event);
  return quiet === undefined ? tellChain(rule, event, facts, now) : suppress(rule, quiet, event, facts, now);
}

function reasonToStayQuiet(rule: Rule, event: RoutableEvent): SuppressionReason | undefined {
  const { onlyIn } = rule;
  return onlyIn && event.data.environment !== onlyIn.environment ? onlyIn.elseReason : undefined;
}

/** Those who would have been told are named, so that "why was he not told?" has an answer. */
function suppress(
  rule: Rule,
  reason: SuppressionReason,
  event: RoutableEvent,
  facts: Facts,
  now: Date,
): Decision {
  const { there } = membersOf(
    rule.category,
    facts.account,
    rule.onlyIn?.environment ?? event.data.environment,
    '',
  );
  const known = new Set(facts.soFar.map(({ address }) => mailboxOf(address)));
  const tell = there
    .filter(({ address }) => !known.has(mailboxOf(address)))
    .map((member) => ({ ...recipient(member, rule.category, 'category', 0), suppressed: reason }));
  return {
    ...frame(event, rule, facts, now),
    suppressed: reason,
    passedOver: [],
    notes: standingNotes(facts),
    ...(tell.length > 0 && { because: 'accepted' as const }),
    tell,
    withdraw: [],
    state: 'suppressed',
  };
}

/**
 * Walks the chain to the first step where somebody is still to be told, is being told, or was accepted. Called again
 * with what has happened so far it answers what is left to do: that is following the contacts and falling back alike.
 */
function tellChain(rule: Rule, event: RoutableEvent, facts: Facts, now: Date): Decision {
  const chain: readonly ChainStep[] =
    facts.account === null ? unroutableChain : fallbackChains[rule.category];
  const walk = walkChain(chain, event, facts);
  const tell = isOver(facts)
    ? []
    : walk.wanted.filter(({ standing }) => standing === 'untold').map(({ recipient }) => recipient);
  const wanted = new Set(walk.wanted.map(({ recipient }) => mailboxOf(recipient.address)));
  const withdraw = noLongerMembers(event, facts).filter((address) => !wanted.has(mailboxOf(address)));
  const open = tell.length > 0 || facts.soFar.some(({ state }) => !isFinal(state));
  const accepted = facts.soFar.some(wasAccepted);
  const fellBack = walk.passedOver.length > 0;
  return {
    ...frame(event, rule, facts, now),
    passedOver: walk.passedOver,
    notes: [
      ...standingNotes(facts),
      ...(fellBack ? (['fell-back'] as const) : []),
      ...(walk.exhausted ? (['chain-exhausted'] as const) : []),
    ],
    ...(tell.length > 0 && { because: whyAnotherRound(facts, walk.passedOver) }),
    tell,
    withdraw,
    state: open ? 'delivering' : accepted ? 'delivered' : 'undelivered',
  };
}

/** Nothing runs any more and somebody was accepted: contacts that change from now on are for the next event. */
const isOver = ({ soFar }: Facts): boolean =>
  soFar.every(({ state }) => isFinal(state)) && soFar.some(wasAccepted);

type Standing = 'untold' | 'open' | 'accepted' | 'failed';
interface Wanted {
  readonly recipient: Recipient;
  readonly standing: Standing;
}

function walkChain(
  chain: readonly ChainStep[],
  event: RoutableEvent,
  facts: Facts,
): { wanted: Wanted[]; passedOver: PassedStep[]; exhausted: boolean } {
  const wanted = new Map<string, Wanted>();
  const passedOver: PassedStep[] = [];
  for (const [position, step] of chain.entries()) {
    const members = membersOf(step, facts.account, event.data.environment, facts.operatorsMailbox);
    if ('passed' in members) {
      passedOver.push({ step, reason: members.passed });
      continue;
    }
    const why: RecipientReason =
      facts.account === null ? 'unroutable' : position === 0 ? 'category' : 'fallback';
    const here = members.there.map(
      (member) => wanted.get(mailboxOf(member.address)) ?? toWanted(member, step, why, facts),
    );
    for (const one of here) wanted.set(mailboxOf(one.recipient.address), one);
    if (here.some(({ standing }) => standing !== 'failed')) {
      return { wanted: [...wanted.values()], passedOver, exhausted: false };
    }
    passedOver.push({ step, reason: 'nobody-accepted' });
  }
  return { wanted: [...wanted.values()], passedOver, exhausted: true };
}

function toWanted(member: Member, step: ChainStep, why: RecipientReason, facts: Facts): Wanted {
  const latest = latestDelivery(member.address, facts.soFar);
  if (latest === undefined) return { recipient: recipient(member, step, why, 0), standing: 'untold' };
  if (latest.state === 'superseded') {
    // The address had left and is back: its first delivery stays final, so it gets one more.
    return { recipient: recipient(member, step, why, latest.reinstated + 1), standing: 'untold' };
  }
  const standing = !isFinal(latest.state) ? 'open' : wasAccepted(latest) ? 'accepted' : 'failed';
  return { recipient: recipient(member, step, why, latest.reinstated), standing };
}

function latestDelivery(address: string, soFar: readonly DeliverySoFar[]): DeliverySoFar | undefined {
  return soFar
    .filter((delivery) => mailboxOf(delivery.address) === mailboxOf(address))
    .reduce<DeliverySoFar | undefined>(
      (latest, delivery) => (latest && latest.reinstated > delivery.reinstated ? latest : delivery),
      undefined,
    );
}

/**
 * Open deliveries whose address has left the step it stands for. One that is still a member goes on, even where the
 * chain has moved: telling one person more is better than silence.
 */
function noLongerMembers(event: RoutableEvent, facts: Facts): string[] {
  return facts.soFar
    .filter(({ state }) => !isFinal(state))
    .filter(({ address, step }) => {
      const { there } = membersOf(step, facts.account, event.data.environment, facts.operatorsMailbox);
      return !there.some((member) => mailboxOf(member.address) === mailboxOf(address));
    })
    .map(({ address }) => address);
}

function whyAnotherRound(facts: Facts, passedOver: readonly PassedStep[]): RoundReason {
  if (facts.soFar.length === 0) return facts.account === null ? 'unknown-account' : 'accepted';
  return passedOver.some(({ reason }) => reason === 'nobody-accepted')
    ? 'nobody-accepted'
    : 'contacts-changed';
}

const wasAccepted = ({ state, bounced }: DeliverySoFar): boolean => state === 'sent' && !bounced;

const recipient = (member: Member, step: ChainStep, why: RecipientReason, reinstated: number): Recipient => ({
  ...member,
  step,
  why,
  reinstated,
});

const standingNotes = (facts: Facts): DecisionNote[] => [
  ...(facts.account === null ? (['unknown-account'] as const) : []),
  ...(facts.contactsMayBeStale ? (['contacts-may-be-stale'] as const) : []),
];

const frame = (event: RoutableEvent, rule: Rule, facts: Facts, now: Date) => ({
  rule: event.kind,
  category: rule.category,
  lane: rule.lane,
  contactVersion: facts.account?.version ?? null,
  at: now,
});
