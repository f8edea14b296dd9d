import { isFinal, type Delivery, type DeliveryOutcome, type Dispatch } from '@signalbox/contracts';

export interface ReportOutcomesParts {
  readonly deliveries: {
    unreported(most: number): Promise<readonly Delivery[]>;
    markReported(ids: readonly string[]): Promise<void>;
  };
  readonly dispatches: { findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>> };
  readonly advance: { execute(ids: readonly string[]): Promise<void> };
  readonly outcomes: { publish(outcomes: readonly DeliveryOutcome[]): Promise<void> };
}

const mostAtOnce = 1_000;

/**
 * Takes ended deliveries into account: their dispatch is advanced (closed, or a step further), and the outcome is
 * published. The mark that a delivery is unreported was set by the same write as its end and is cleared last, so every
 * outcome is published at least once, whoever died in between; the outcome's id is the delivery's.
 */
export class ReportOutcomes {
  constructor(private readonly parts: ReportOutcomesParts) {}

  /** @returns whether there may be more. */
  async execute(): Promise<boolean> {
    const ended = await this.parts.deliveries.unreported(mostAtOnce);
    if (ended.length === 0) return false;
    const ids = [...new Set(ended.map(({ dispatch }) => dispatch))];
    // First the dispatch: falling back must not wait for Kafka.
    await this.parts.advance.execute(ids);
    const dispatches = await this.parts.dispatches.findMany(ids);
    await this.parts.outcomes.publish(
      ended.flatMap((delivery) => {
        const dispatch = dispatches.get(delivery.dispatch);
        return dispatch ? [outcomeOf(delivery, dispatch)] : [];
      }),
    );
    await this.parts.deliveries.markReported(ended.map(({ _id }) => _id));
    return ended.length === mostAtOnce;
  }
}

function outcomeOf(delivery: Delivery, { event }: Dispatch): DeliveryOutcome {
  if (!isFinal(delivery.state))
    throw new Error(`delivery ${delivery._id} is ${delivery.state}, which is no end`);
  return {
    delivery: delivery._id,
    event: { source: event.source, id: event.id },
    account: delivery.account,
    kind: delivery.kind,
    category: delivery.category,
    lane: delivery.lane,
    outcome: delivery.state,
    ...(delivery.reason !== undefined && { reason: delivery.reason }),
    attempts: delivery.attempt,
    at: (delivery.settledAt ?? delivery.acceptedAt).toISOString(),
  };
}
