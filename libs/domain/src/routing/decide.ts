import {
  isFinal,
  mailboxOf,
  roundReasons,
  type ChainStep,
  type Decision,
  type DecisionNote,
  type PassedStep,
  type PassReason,
  type RoundReason,
  type SuppressionReason,
} from '@signalbox/contracts';
import { fallbackChains, unroutableChain } from './fallback-chains.js';
import { type DeliverySoFar, type Facts, type RoutableEvent, wasAccepted } from './facts.js';
import { membersOf } from './members.js';
import { latestOrNever, unansweredAt } from './patience.js';
import { type Rule, ruleFor } from './routing-table.js';
import { recipientOf, walkChain } from './walk-chain.js';

/**
 * What is to be done about one event, and why. Pure: the same event, facts and time give the same answer, in preview,
 * live routing, replay, and whenever something happened to a dispatch that is still open.
 * @param now the instant the decision is made for; nothing else may be read as the time.
 */
export function decide(event: RoutableEvent, facts: Facts, now: Date): Decision {
  const rule = ruleFor(event.kind);
  const quiet = reasonToStayQuiet(rule, event, facts);
  if (facts.cancelled === true && facts.soFar.length > 0) return takeBack(rule, event, facts, now);
  if (quiet !== undefined) return suppress(rule, quiet, event, facts, now);
  return tellThoseToldBefore(rule, event, facts, now) ?? tellChain(rule, event, facts, now);
}

function reasonToStayQuiet(rule: Rule, event: RoutableEvent, facts: Facts): SuppressionReason | undefined {
  if (facts.cancelled === true) return 'cancelled';
  // An emergency waits for nothing.
  if (facts.account === null)
    return facts.gathersUnroutable && rule.lane !== 'emergency' ? 'gathered' : undefined;
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
  const isUnroutable = facts.account === null;
  const step = isUnroutable ? unroutableChain[0] : rule.category;
  const environment = rule.onlyIn?.environment ?? event.data.environment;
  const { there } = membersOf(step, facts.account, environment, facts.operatorsMailbox);
  const known = new Set(facts.soFar.map(({ address }) => mailboxOf(address)));
  const why = isUnroutable ? ('unroutable' as const) : ('category' as const);
  const tell = there
    .filter(({ address }) => !known.has(mailboxOf(address)))
    .map((member) => ({ ...recipientOf(member, step, why), suppressed: reason }));
  return {
    ...frame(event, rule, facts, now),
    suppressed: reason,
    passedOver: [],
    notes: standingNotes(facts),
    ...(tell.length > 0 && { because: whyAnotherRound(facts, []) }),
    tell,
    withdraw: [],
    state: 'suppressed',
  };
}

/** Nobody is told any more of what was cancelled, and what no mail server has accepted is withdrawn. */
function takeBack(rule: Rule, event: RoutableEvent, facts: Facts, now: Date): Decision {
  const open = facts.soFar.filter(({ state }) => !isFinal(state)).map(({ address }) => address);
  return {
    ...frame(event, rule, facts, now),
    passedOver: [],
    notes: [],
    tell: [],
    withdraw: open,
    state: open.length > 0 ? 'delivering' : isReached(facts) ? 'delivered' : 'undelivered',
  };
}

/**
 * An all-clear goes to those who were told of what it ends, whoever the contacts are by now. Undefined when it ends nothing
 * that is known, and when it reached none of them: then the chain is walked, as for every event.
 */
function tellThoseToldBefore(
  rule: Rule,
  event: RoutableEvent,
  facts: Facts,
  now: Date,
): Decision | undefined {
  const { ended = [], soFar } = facts;
  const deliveryTo = (address: string) =>
    soFar.find((each) => mailboxOf(each.address) === mailboxOf(address));
  const standings = ended.map(({ address }) => deliveryTo(address));
  const mayReach = (delivery: DeliverySoFar | undefined): boolean =>
    delivery === undefined || !isFinal(delivery.state) || wasAccepted(delivery);
  if (!standings.some(mayReach)) return undefined;
  const tell = ended
    .filter((_, place) => standings[place] === undefined)
    .map((recipient) => ({ ...recipient, why: 'told-before' as const, reinstated: 0 }));
  const open = tell.length > 0 || soFar.some(({ state }) => !isFinal(state));
  return {
    ...frame(event, rule, facts, now),
    passedOver: [],
    notes: standingNotes(facts),
    ...(tell.length > 0 && { because: 'accepted' as const }),
    tell,
    withdraw: [],
    state: open ? 'delivering' : 'delivered',
  };
}

/**
 * Tells those whom the walk along the chain reaches. Called again with what has happened so far it answers what is left
 * to do: that is following the contacts, falling back and escalating alike.
 */
function tellChain(rule: Rule, event: RoutableEvent, facts: Facts, now: Date): Decision {
  const chain: readonly ChainStep[] =
    facts.account === null ? unroutableChain : fallbackChains[rule.category];
  const walk = walkChain(chain, event, facts, now);
  const over = whetherOver(event, facts, now);
  const tell = over.isOver
    ? []
    : walk.wanted.filter(({ standing }) => standing === 'untold').map(({ recipient }) => recipient);
  const wanted = new Set(walk.wanted.map(({ recipient }) => mailboxOf(recipient.address)));
  const withdraw = noLongerMembers(event, facts).filter((address) => !wanted.has(mailboxOf(address)));
  const open = tell.length > 0 || facts.soFar.some(({ state }) => !isFinal(state));
  const fellBack = walk.passedOver.length > 0;
  return {
    ...frame(event, rule, facts, now),
    passedOver: [...walk.passedOver],
    notes: [
      ...standingNotes(facts),
      ...(fellBack ? (['fell-back'] as const) : []),
      ...(walk.exhausted ? (['chain-exhausted'] as const) : []),
    ],
    ...(tell.length > 0 && { because: whyAnotherRound(facts, walk.passedOver) }),
    tell,
    withdraw,
    state: open ? 'delivering' : isReached(facts) ? 'delivered' : 'undelivered',
    dueAt: over.isOver ? over.until : walk.dueAt,
    wasDueAt: over.isOver ? null : (walk.wasDueAt ?? over.until),
  };
}

/** Who says "I am on it" has read a mail, whatever its server said. */
const isReached = ({ soFar, acknowledged }: Facts): boolean => acknowledged || soFar.some(wasAccepted);

/**
 * Whether nobody is told any more: somebody said "I am on it", or nothing runs and somebody was accepted. Contacts that
 * change from then on are for the next event. An emergency that nobody acknowledges is over only `until` then.
 */
function whetherOver(
  event: RoutableEvent,
  facts: Facts,
  now: Date,
): { readonly isOver: boolean; readonly until: Date | null } {
  const { soFar, acknowledged } = facts;
  if (acknowledged) return { isOver: true, until: null };
  const accepted = soFar.filter(wasAccepted);
  if (accepted.length === 0 || !soFar.every(({ state }) => isFinal(state)))
    return { isOver: false, until: null };
  const ends = accepted.map((delivery) =>
    // Nobody stands after the operators.
    delivery.step === 'operators' ? null : unansweredAt(event, facts, delivery),
  );
  const until = latestOrNever(ends);
  return { isOver: until === null || now < until, until };
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

/** The step that was passed last says why the next one is told. */
function whyAnotherRound({ account, soFar }: Facts, passedOver: readonly PassedStep[]): RoundReason {
  if (soFar.length === 0) return account === null ? 'unknown-account' : 'accepted';
  const passed = passedOver.flatMap(({ reason }) => (isRoundReason(reason) ? [reason] : [])).at(-1);
  if (passed !== undefined) return passed;
  return soFar.every(({ state }) => isFinal(state)) && soFar.some(wasAccepted)
    ? 'not-acknowledged'
    : 'contacts-changed';
}

const isRoundReason = (reason: PassReason): reason is PassReason & RoundReason =>
  (roundReasons as readonly string[]).includes(reason);

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
  dueAt: null,
  wasDueAt: null,
});
