import {
  erasedAddress,
  erasedAddressParts,
  isErasedAddress,
  type AccountSnapshot,
  type Decision,
  type Delivery,
  type Dispatch,
  type DispatchChange,
  type WithdrawalReason,
} from '@signalbox/contracts';
import { decide, type DeliverySoFar, type Facts } from '@signalbox/domain';
import type { Clock, KeyedHash, Log } from '@signalbox/runtime';
import type { JobToAdd } from './offer-jobs.js';
import { isOpen, jobOf, nextRounds, recipientsOf, toDelivery } from './to-dispatch.js';

export interface DispatchesToAdvance {
  findMany(ids: readonly string[]): Promise<Map<string, Dispatch>>;
  deliveriesOf(ids: readonly string[]): Promise<readonly Delivery[]>;
  change(
    changes: readonly { readonly id: string; readonly revision: number; readonly change: DispatchChange }[],
  ): Promise<ReadonlySet<string>>;
  insertDeliveries(batch: readonly Delivery[]): Promise<void>;
  withdraw(
    ids: readonly string[],
    why: { readonly contactVersion: number | null; readonly reason: WithdrawalReason },
    by: string,
  ): Promise<void>;
  clearNote(ids: readonly { readonly id: string; readonly revision: number }[]): Promise<void>;
}
export interface AdvanceDispatchesParts {
  readonly dispatches: DispatchesToAdvance;
  readonly contacts: { findMany(accounts: readonly string[]): Promise<Map<string, AccountSnapshot>> };
  readonly jobs: { offer(jobs: readonly JobToAdd[]): Promise<void> };
  readonly alarms: { raise(dispatches: readonly Dispatch[]): Promise<void> };
  readonly clock: Clock;
  readonly hash: KeyedHash;
  readonly operatorsMailbox: string;
  readonly by: string;
  readonly log: Log;
}

/** Two routers at once on the same dispatch: one wins, the other reads again. More rounds than this is not a race. */
const mostTries = 10;

interface Planned {
  readonly dispatch: Dispatch;
  readonly change: DispatchChange;
}

/**
 * The one writer of rounds. Something has happened to these dispatches (a delivery ended, contacts moved, a process died
 * half way): reads them, decides what is left to do, writes that down in one update guarded by the revision together with
 * a note of what to do to deliveries, does it, and clears the note. Called twice or by two processes it does nothing more.
 */
export class AdvanceDispatches {
  constructor(private readonly parts: AdvanceDispatchesParts) {}

  /** @param ids dispatches, in any order; those that have nothing left to do are left as they are. */
  async execute(ids: readonly string[]): Promise<void> {
    let remaining = [...new Set(ids)];
    for (let tries = 0; remaining.length > 0; tries++) {
      if (tries === mostTries)
        throw new Error(`${remaining.length} dispatches kept changing under ${mostTries} tries`);
      const planned = await this.plan(remaining);
      const changed = await this.parts.dispatches.change(
        planned.map(({ dispatch, change }) => ({ id: dispatch._id, revision: dispatch.revision, change })),
      );
      await this.finish(planned.filter(({ dispatch }) => changed.has(dispatch._id)).map(afterChange));
      remaining = planned.map(({ dispatch }) => dispatch._id).filter((id) => !changed.has(id));
    }
  }

  /** Does what the notes of these dispatches say; also for notes that a crash has left behind. */
  async finish(noted: readonly Dispatch[]): Promise<void> {
    const { dispatches, jobs, alarms, clock, by } = this.parts;
    const now = clock.now();
    // Deliveries to take back may not be there yet, when the router that decided them died or is slow. They are inserted
    // as well: otherwise that router's batch, read again, would insert them later and tell a contact that has left.
    const inserts = noted.flatMap((dispatch) => {
      const wanted = new Set([...(dispatch.toApply?.insert ?? []), ...(dispatch.toApply?.withdraw ?? [])]);
      return recipientsOf(dispatch)
        .filter(({ delivery }) => wanted.has(delivery))
        .map((recipient) => toDelivery(dispatch, recipient, by, now));
    });
    await dispatches.insertDeliveries(inserts);
    for (const { toApply, contactVersion, cancelledAt } of noted) {
      const reason = cancelledAt ? 'taken-back' : 'contact-left';
      if (toApply && toApply.withdraw.length > 0)
        await dispatches.withdraw(toApply.withdraw, { contactVersion, reason }, by);
    }
    const takenBack = new Set(noted.flatMap(({ toApply }) => toApply?.withdraw ?? []));
    await jobs.offer(
      inserts.filter(({ _id, state }) => state === 'pending' && !takenBack.has(_id)).map(jobOf),
    );
    await alarms.raise(noted);
    await dispatches.clearNote(
      noted.filter(({ toApply }) => toApply !== null).map(({ _id, revision }) => ({ id: _id, revision })),
    );
  }

  private async plan(ids: readonly string[]): Promise<Planned[]> {
    const open = [...(await this.parts.dispatches.findMany(ids)).values()].filter(
      (dispatch) => dispatch.open,
    );
    if (open.length === 0) return [];
    const deliveries = await this.parts.dispatches.deliveriesOf(open.map(({ _id }) => _id));
    const byDispatch = deliveriesByDispatch(deliveries);
    const contacts = await this.parts.contacts.findMany([...new Set(open.map(({ event }) => event.account))]);
    return open.flatMap((dispatch) => {
      const change = this.changeOf(dispatch, byDispatch.get(dispatch._id) ?? [], contacts);
      return change ? [{ dispatch, change }] : [];
    });
  }

  private changeOf(
    dispatch: Dispatch,
    deliveries: readonly Delivery[],
    contacts: ReadonlyMap<string, AccountSnapshot>,
  ): DispatchChange | undefined {
    const account = newest(contacts.get(dispatch.event.account) ?? null, dispatch);
    if (account === 'older') return undefined;
    const facts: Facts = {
      account,
      contactsMayBeStale: false,
      operatorsMailbox: this.parts.operatorsMailbox,
      soFar: soFarOf(this.asKnown(dispatch, account), deliveries),
      // Stored before there was such a thing, it has none.
      acknowledged: (dispatch.acknowledgement ?? null) !== null,
      ended: recipientsOf(dispatch).filter(({ why }) => why === 'told-before'),
      cancelled: dispatch.cancelledAt !== undefined,
      resolved: (dispatch.resolvedAt ?? null) !== null,
      // What waits for the mail that gathers is over.
      gathersUnroutable: false,
    };
    const decision = decide(dispatch.event, facts, this.parts.clock.now());
    const rounds = nextRounds(dispatch.rounds, dispatch._id, decision, this.parts.hash);
    const told = rounds.slice(dispatch.rounds.length).flatMap(({ recipients }) => recipients);
    const withdraw = idsToWithdraw(decision, dispatch, deliveries);
    const isNothingNew =
      told.length === 0 &&
      withdraw.length === 0 &&
      decision.state === dispatch.state &&
      decision.dueAt?.getTime() === dispatch.dueAt?.getTime() &&
      decision.contactVersion === dispatch.contactVersion;
    if (isNothingNew) return undefined;

    this.tell(dispatch, decision, withdraw.length);
    return {
      contactVersion: decision.contactVersion,
      accountName: account?.name ?? dispatch.accountName,
      ...(decision.suppressed !== undefined && { suppressed: decision.suppressed }),
      // Why others were told stays, when who was passed over is heard of later.
      passedOver:
        told.length > 0 || decision.passedOver.length > dispatch.passedOver.length
          ? decision.passedOver
          : dispatch.passedOver,
      notes: [...new Set([...dispatch.notes, ...decision.notes])],
      rounds,
      state: decision.state,
      open: isOpen(decision),
      dueAt: decision.dueAt,
      toApply: noteOf(
        dispatch,
        told.map(({ delivery }) => delivery),
        withdraw,
        decision.notes.some((note) => !dispatch.notes.includes(note)),
      ),
    };
  }

  /**
   * The dispatch as if nobody had been erased who can be told now. Somebody who was erased and given again has had their
   * delivery of this event: under the mask they would be taken for new, and get a second recipient for one delivery.
   */
  private asKnown(dispatch: Dispatch, account: AccountSnapshot | null): Dispatch {
    if (!recipientsOf(dispatch).some(({ address }) => isErasedAddress(address))) return dispatch;
    const known = new Map(
      [...addressesOf(account), this.parts.operatorsMailbox].map((address) => [
        erasedAddress(this.parts.hash(erasedAddressParts(address))),
        address,
      ]),
    );
    const rounds = dispatch.rounds.map((round) => ({
      ...round,
      recipients: round.recipients.map((recipient) => ({
        ...recipient,
        address: known.get(recipient.address) ?? recipient.address,
      })),
    }));
    return { ...dispatch, rounds };
  }

  private tell(dispatch: Dispatch, decision: Decision, withdrawn: number): void {
    const line = {
      event: 'dispatch.advanced',
      dispatch: dispatch._id,
      id: dispatch.event.id,
      source: dispatch.event.source,
      account: dispatch.event.account,
      state: decision.state,
      reason: decision.because,
      told: decision.tell.length,
      withdrawn,
      contactVersion: decision.contactVersion,
    };
    this.parts.log.info(line, 'dispatch.advanced');
  }
}

function addressesOf(account: AccountSnapshot | null): string[] {
  if (account === null) return [];
  const { alertContacts, technicalEmergency, technicalNonEmergency, merchantIssues, operationalInternal } =
    account.contacts;
  const fields = [
    alertContacts,
    technicalEmergency,
    technicalNonEmergency,
    merchantIssues,
    operationalInternal,
  ];
  return [...fields.flat().map(({ email }) => email), ...(account.owner === null ? [] : [account.owner])];
}

function deliveriesByDispatch(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  const grouped = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const group = grouped.get(delivery.dispatch);
    if (group) group.push(delivery);
    else grouped.set(delivery.dispatch, [delivery]);
  }
  return grouped;
}

/** Contacts never go back in time: a view older than the decision has nothing to say. */
function newest(view: AccountSnapshot | null, dispatch: Dispatch): AccountSnapshot | null | 'older' {
  return (view?.version ?? 0) < (dispatch.contactVersion ?? 0) ? 'older' : view;
}

/** A recipient whose delivery is not inserted yet is pending: rounds are the truth, deliveries follow. */
function soFarOf(dispatch: Dispatch, deliveries: readonly Delivery[]): DeliverySoFar[] {
  const byId = new Map(deliveries.map((delivery) => [delivery._id, delivery]));
  return dispatch.rounds.flatMap(({ at: toldAt, recipients }) =>
    recipients.map(({ delivery: id, address, step, reinstated }) => {
      const delivery = byId.get(id);
      const state = delivery?.state ?? ('pending' as const);
      return { address, step, reinstated, toldAt, state, bounced: delivery?.bouncedAt !== undefined };
    }),
  );
}

/** Open deliveries of the addresses to withdraw that are not marked already. */
function idsToWithdraw(decision: Decision, dispatch: Dispatch, deliveries: readonly Delivery[]): string[] {
  const addresses = new Set(decision.withdraw);
  const settled = new Set(
    deliveries
      .filter(
        ({ state, followVersion }) => !['pending', 'sending'].includes(state) || followVersion !== undefined,
      )
      .map(({ _id }) => _id),
  );
  return recipientsOf(dispatch)
    .filter(({ address, delivery }) => addresses.has(address) && !settled.has(delivery))
    .map(({ delivery }) => delivery);
}

/** What an earlier change has not finished is still to be done. A note with nothing else in it still raises alarms. */
function noteOf(
  dispatch: Dispatch,
  insert: readonly string[],
  withdraw: readonly string[],
  hasAlarm: boolean,
): Dispatch['toApply'] {
  const note = {
    insert: [...new Set([...(dispatch.toApply?.insert ?? []), ...insert])],
    withdraw: [...new Set([...(dispatch.toApply?.withdraw ?? []), ...withdraw])],
  };
  return hasAlarm || note.insert.length + note.withdraw.length > 0 ? note : null;
}

const afterChange = ({ dispatch, change }: Planned): Dispatch => ({
  ...dispatch,
  ...change,
  revision: dispatch.revision + 1,
});
