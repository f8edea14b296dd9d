import {
  intakeExceptionId,
  type Delivery,
  type Dispatch,
  type IntakeException,
  type RepeatReason,
} from '@signalbox/contracts';
import { decide, nothingSoFar, type Facts } from '@signalbox/domain';
import type { Clock, KeyedHash, Log } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';
import type { ContactsNow } from './contacts-in-force.js';
import type { JobToAdd } from './offer-jobs.js';
import type { ReceivedEvent } from './received-event.js';
import { dispatchIdOf, isSingle, recipientsOf, toDelivery, toDispatch } from './to-dispatch.js';
import { toldBefore } from './told-before.js';

export interface DispatchesToInsert {
  findMany(ids: readonly string[]): Promise<Map<string, Dispatch>>;
  /** @returns the ids that were there already. */
  insertDispatches(batch: readonly Dispatch[]): Promise<ReadonlySet<string>>;
  insertDeliveries(batch: readonly Delivery[]): Promise<void>;
  deliveriesOf(ids: readonly string[]): Promise<readonly Delivery[]>;
  /** @returns those of them that are open emergencies of the account named. */
  resolve(over: readonly { readonly id: string; readonly account: string }[], at: Date): Promise<string[]>;
}
export interface RouteEventsParts {
  readonly contacts: { forAccounts(accounts: readonly string[]): Promise<ContactsNow> };
  readonly dispatches: DispatchesToInsert;
  readonly jobs: { offer(jobs: readonly JobToAdd[]): Promise<void> };
  readonly mailings: { cancelledOf(ids: readonly string[]): Promise<ReadonlySet<string>> };
  readonly exceptions: { record(batch: readonly IntakeException[]): Promise<void> };
  readonly advance: Advance;
  readonly alarms: { raise(dispatches: readonly Dispatch[]): Promise<void> };
  readonly operators: {
    /** Whether an event of this account, which nobody knows, is told by a mail of its own; counts it. */
    mayTellUnroutable(account: string): Promise<boolean>;
  };
  /** Follows the accounts whose contacts have moved past what these dispatches were decided with. */
  readonly follow: { followMoved(dispatches: readonly Dispatch[]): Promise<void> };
  readonly onRouted: (dispatch: Dispatch) => void;
  readonly clock: Clock;
  readonly hash: KeyedHash;
  readonly operatorsMailbox: string;
  /** This process, as histories name it. */
  readonly by: string;
  readonly log: Log;
}

/**
 * One lane's batch. When it resolves, every event is stored, its deliveries are, and their jobs are queued or left to
 * the sweeper, so the offsets may be committed. When it throws, nothing may be committed: the same batch comes again,
 * and whatever was done of it already is recognised by its ids.
 */
export class RouteEvents {
  constructor(private readonly parts: RouteEventsParts) {}

  async execute(received: readonly ReceivedEvent[]): Promise<void> {
    if (received.length === 0) return;
    const { contacts, dispatches, jobs, alarms, exceptions, follow } = this.parts;
    const inForce = await contacts.forAccounts(received.map(({ event }) => event.account));

    const ids = received.map(({ event }) => dispatchIdOf(this.parts.hash, event));
    const known = await dispatches.findMany([...new Set(ids)]);
    const fresh = await this.decideNew(received, ids, known, inForce);
    const alreadyThere = await dispatches.insertDispatches([...fresh.values()]);
    const stored = new Map([...known, ...fresh, ...(await this.winnersOf(alreadyThere))]);

    const mine = received.flatMap(({ origin }, index) => {
      const dispatch = stored.get(ids[index] ?? '');
      return dispatch && isSameRecord(dispatch.origin, origin) ? [dispatch] : [];
    });
    const deliveries = mine.flatMap((dispatch) => this.deliveriesOf(dispatch));
    await dispatches.insertDeliveries(deliveries);
    await jobs.offer(mine.flatMap(jobsOf));
    await alarms.raise(mine);
    await exceptions.record(this.repeatsAmong(received, ids, stored));
    await follow.followMoved(mine.filter(({ open }) => open));
    await this.endWhatIsOver(mine);

    for (const dispatch of mine) {
      if (!known.has(dispatch._id)) this.tellOutcome(dispatch);
    }
  }

  /** Nobody has to say any more that they are on an emergency that is over. */
  private async endWhatIsOver(allClears: readonly Dispatch[]): Promise<void> {
    const { dispatches, advance, hash, clock, log } = this.parts;
    const over = allClears.flatMap(({ event: { kind, account, data } }) =>
      kind === 'emergency' && data.resolves ? [{ id: dispatchIdOf(hash, data.resolves), account }] : [],
    );
    // One that cannot be decided about keeps no lane waiting: the sweeper and its due time come back to it.
    if (over.length > 0) await advanceEach(advance, await dispatches.resolve(over, clock.now()), log);
  }

  /** Another router won the race for these ids: its dispatches are the memory, and our decisions are forgotten. */
  private async winnersOf(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Dispatch>> {
    if (ids.size === 0) return new Map();
    const winners = await this.parts.dispatches.findMany([...ids]);
    // Ours must not stand in for one that cannot be read: its recipients may be others.
    if (winners.size !== ids.size)
      throw new Error(`${ids.size - winners.size} dispatches are there and unread`);
    return winners;
  }

  /** The first record of an id in the batch is decided; the others meet it as what is stored. */
  private async decideNew(
    received: readonly ReceivedEvent[],
    ids: readonly string[],
    known: ReadonlyMap<string, Dispatch>,
    inForce: ContactsNow,
  ): Promise<Map<string, Dispatch>> {
    const { dispatches, hash } = this.parts;
    const ended = await toldBefore(
      dispatches,
      hash,
      received.map(({ event }) => event),
    );
    const cancelled = await this.cancelledAmong(received);
    const fresh = new Map<string, Dispatch>();
    const now = this.parts.clock.now();
    const asked = new Set<string>();
    for (const [index, one] of received.entries()) {
      const id = ids[index] ?? '';
      if (known.has(id) || fresh.has(id)) continue;
      const gathers =
        inForce.of(one.event.account) === null && (await this.gathers(one.event.account, asked));
      const facts = {
        ...this.factsFor(one, inForce, gathers),
        ended: ended(one.event),
        cancelled: cancelled.has(one.event.mailing?.id ?? ''),
      };
      const accountName = facts.account?.name ?? one.event.account;
      fresh.set(id, toDispatch(one, decide(one.event, facts, now), accountName, hash));
    }
    return fresh;
  }

  private async cancelledAmong(received: readonly ReceivedEvent[]): Promise<ReadonlySet<string>> {
    const ids = new Set(received.flatMap(({ event: { mailing } }) => (mailing ? [mailing.id] : [])));
    return ids.size === 0 ? new Set() : this.parts.mailings.cancelledOf([...ids]);
  }

  /** Of a batch with many events of one account only the first has to ask. */
  private async gathers(account: string, asked: Set<string>): Promise<boolean> {
    if (asked.has(account)) return true;
    asked.add(account);
    return !(await this.parts.operators.mayTellUnroutable(account));
  }

  private factsFor({ event }: ReceivedEvent, inForce: ContactsNow, gathersUnroutable: boolean): Facts {
    return {
      ...nothingSoFar,
      account: inForce.of(event.account),
      contactsMayBeStale: inForce.mayBeStale(event.account),
      operatorsMailbox: this.parts.operatorsMailbox,
      gathersUnroutable,
    };
  }

  /** All recipients, also of rounds that came later: what exists already stays as it is. */
  private deliveriesOf(dispatch: Dispatch): Delivery[] {
    const now = this.parts.clock.now();
    return recipientsOf(dispatch).map((recipient) => toDelivery(dispatch, recipient, this.parts.by, now));
  }

  private repeatsAmong(
    received: readonly ReceivedEvent[],
    ids: readonly string[],
    stored: ReadonlyMap<string, Dispatch>,
  ): IntakeException[] {
    return received.flatMap((one, index) => {
      const dispatch = stored.get(ids[index] ?? '');
      if (!dispatch || isSameRecord(dispatch.origin, one.origin)) return [];
      const { what, reason } = compareToStored(one, dispatch);
      this.parts.log.info(
        {
          event: `event.${what}`,
          dispatch: dispatch._id,
          id: one.event.id,
          source: one.event.source,
          reason,
        },
        `event.${what}`,
      );
      return [
        {
          _id: intakeExceptionId(one.origin),
          origin: one.origin,
          what,
          reason,
          dispatch: dispatch._id,
          at: this.parts.clock.now(),
        },
      ];
    });
  }

  private tellOutcome(dispatch: Dispatch): void {
    const { event, rule, category, contactVersion, state, notes, suppressed } = dispatch;
    this.parts.onRouted(dispatch);
    const line = {
      event: 'event.routed',
      dispatch: dispatch._id,
      id: event.id,
      source: event.source,
      kind: event.kind,
      account: event.account,
      environment: event.data.environment,
      rule,
      category,
      contactVersion,
      state,
      reason: suppressed,
      recipients: recipientsOf(dispatch).length,
      notes,
    };
    this.parts.log.info(line, 'event.routed');
  }
}

/**
 * The same id again. A monitor repeats itself with other annotations and end times: that is always a duplicate. An id
 * that a caller chose stands for one content: another one is a conflict, which is shown and never sent.
 */
export function compareToStored(
  again: ReceivedEvent,
  stored: Dispatch,
): { readonly what: 'duplicate' | 'conflict'; readonly reason: RepeatReason } {
  if (again.event.identity === 'monitor' && stored.event.identity === 'monitor') {
    return { what: 'duplicate', reason: 'repeated-by-monitor' };
  }
  return again.bodyHash === stored.bodyHash
    ? { what: 'duplicate', reason: 'same-content' }
    : { what: 'conflict', reason: 'same-id-other-content' };
}

function jobsOf(dispatch: Dispatch): JobToAdd[] {
  const single = isSingle(dispatch);
  return recipientsOf(dispatch)
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ delivery }) => ({ delivery, attempt: 1, lane: dispatch.lane, single }));
}

const isSameRecord = (one: Dispatch['origin'], other: Dispatch['origin']): boolean =>
  one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;
