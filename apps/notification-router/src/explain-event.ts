import type {
  Delivery,
  DeliveryView,
  Dispatch,
  EventList,
  EventListQuery,
  EventQuery,
  EventSummary,
  EventView,
  IntakeException,
  Principal,
} from '@signalbox/contracts';
import { isWithinLimits, limitsOf, ProblemError } from '@signalbox/runtime';
import { acknowledgementView } from './acknowledge-emergency.js';
import { pageOf, readCursor } from './list-cursor.js';
import { eventForPartner } from './partner-view.js';

export interface ExplainEventParts {
  findByEventId(id: string, source?: string): Promise<readonly Dispatch[]>;
  deliveriesOf(dispatch: string): Promise<readonly Delivery[]>;
  exceptionsOf(dispatch: string): Promise<readonly IntakeException[]>;
  list(
    query: Omit<EventListQuery, 'cursor'>,
    after: { readonly decidedAt: Date; readonly id: string } | undefined,
    limits: ReturnType<typeof limitsOf>,
  ): Promise<readonly Dispatch[]>;
}

/** Answers "why was she told, and he not?" from what is stored, and nothing else. */
export class ExplainEvent {
  constructor(private readonly events: ExplainEventParts) {}

  /** @throws ProblemError `not-found`; `ambiguous-event-id` when several sources used the id and none is named. */
  async one(id: string, { source, environment }: EventQuery, principal: Principal): Promise<EventView> {
    const found = await this.events.findByEventId(id, source);
    // What a key or a portal user may not see answers as what is not there.
    const [dispatch, ...others] = found.filter(
      ({ event }) =>
        isWithinLimits(principal, { ...event, environment: event.data.environment }) &&
        (environment === undefined || environment === event.data.environment),
    );
    if (!dispatch) throw new ProblemError('not-found', 'No event with this id has been decided yet.');
    if (others.length > 0) {
      const sources = [dispatch, ...others].map(({ event }) => event.source);
      throw new ProblemError('ambiguous-event-id', 'Several sources used this id; name one with ?source=.', {
        extra: { sources },
      });
    }
    const [deliveries, exceptions] = await Promise.all([
      this.events.deliveriesOf(dispatch._id),
      this.events.exceptionsOf(dispatch._id),
    ]);
    const isForPartner = principal.kind === 'portal-user';
    const view = toView(dispatch, deliveries, exceptions, isForPartner);
    return isForPartner ? eventForPartner(view) : view;
  }

  /** What lies outside of the asker's limits is left out. */
  async list({ cursor, ...query }: EventListQuery, principal: Principal): Promise<EventList> {
    const asked = { ...query, limit: query.limit + 1 };
    const found = await this.events.list(asked, decidedBefore(cursor), limitsOf(principal));
    const { page, nextCursor } = pageOf(found, query.limit, ({ decidedAt: at, _id: id }) => ({ at, id }));
    return { items: page.map(toSummary), nextCursor };
  }
}

/** An event in a list. */
export function toSummary({ event, state, suppressed, acceptedAt, decidedAt }: Dispatch): EventSummary {
  return {
    id: event.id,
    source: event.source,
    kind: event.kind,
    account: event.account,
    environment: event.data.environment,
    title: event.data.title,
    state,
    reason: suppressed ?? null,
    acceptedAt: acceptedAt.toISOString(),
    decidedAt: decidedAt.toISOString(),
  };
}

function toView(
  dispatch: Dispatch,
  deliveries: readonly Delivery[],
  exceptions: readonly IntakeException[],
  isForPartner: boolean,
): EventView {
  const { event, rule, category, lane, contactVersion, passedOver, notes, rounds } = dispatch;
  return {
    ...toSummary(dispatch),
    time: event.time,
    acceptedBy: event.acceptedBy ?? null,
    rule,
    category,
    lane,
    contactVersion,
    passedOver,
    notes,
    dueAt: dispatch.dueAt?.toISOString() ?? null,
    acknowledgement: dispatch.acknowledgement
      ? acknowledgementView(dispatch.acknowledgement, dispatch, isForPartner)
      : null,
    rounds: rounds.map(({ number, because, contactVersion: version, at, dueAt, recipients }) => ({
      number,
      because,
      contactVersion: version,
      at: at.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      recipients: recipients.map(({ delivery, address, language, step, why, suppressed }) => ({
        delivery,
        address,
        language,
        step,
        why,
        suppressed: suppressed ?? null,
      })),
    })),
    deliveries: deliveries.map(toDeliveryView),
    repeats: exceptions.flatMap(({ what, reason, at }) =>
      what === 'dead-letter' ? [] : [{ what, reason, at: at.toISOString() }],
    ),
    data: { ...event.data },
  };
}

function toDeliveryView(delivery: Delivery): DeliveryView {
  return {
    id: delivery._id,
    address: delivery.address,
    language: delivery.language,
    step: delivery.step,
    why: delivery.why,
    state: delivery.state,
    reason: delivery.reason ?? null,
    attempt: delivery.attempt,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    sentAt: delivery.sentAt?.toISOString() ?? null,
    bouncedAt: delivery.bouncedAt?.toISOString() ?? null,
    reply: delivery.reply ?? null,
    ambiguous: delivery.ambiguous ?? false,
    transitions: delivery.transitions.map(({ at, ...transition }) => ({
      at: at.toISOString(),
      ...transition,
    })),
  };
}

function decidedBefore(cursor: string | undefined): { decidedAt: Date; id: string } | undefined {
  const place = readCursor(cursor);
  return place && { decidedAt: place.at, id: place.id };
}
