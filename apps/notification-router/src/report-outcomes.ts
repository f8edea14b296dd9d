import {
  isFinal,
  isOfPlatform,
  type AddressHealth,
  type Delivery,
  type DeliveryOutcome,
  type Dispatch,
} from '@signalbox/contracts';
import { addressHashParts, observeAddress } from '@signalbox/domain';
import type { KeyedHash, Log } from '@signalbox/runtime';
import { type Advance, advanceEach } from './advance-each.js';

export interface ReportOutcomesParts {
  readonly deliveries: {
    unreported(most: number): Promise<readonly Delivery[]>;
    markReported(ids: readonly string[], isPublished: boolean): Promise<void>;
    unpublished(most: number): Promise<readonly Delivery[]>;
    markPublished(ids: readonly string[]): Promise<void>;
  };
  readonly dispatches: { findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>> };
  readonly advance: Advance;
  readonly outcomes: { publish(outcomes: readonly DeliveryOutcome[]): Promise<void> };
  readonly addressHealth: { publish(observations: readonly ObservedDelivery[]): Promise<void> };
  readonly hash: KeyedHash;
  readonly log: Log;
}

/** What one delivery told of its address. */
export interface ObservedDelivery {
  readonly delivery: string;
  readonly health: AddressHealth;
}

const mostAtOnce = 1_000;
/**
 * Takes ended deliveries into account: their dispatch is advanced (closed, or a step further), and the outcome is
 * published, with what it tells of the address. The mark that a delivery is unreported was set by the same write as its end and is cleared last, so every
 * outcome is published at least once, whoever died in between; the outcome's id is the delivery's. Falling back does not
 * wait for Kafka: what cannot be published now is marked so, and published when Kafka is back.
 */
export class ReportOutcomes {
  constructor(private readonly parts: ReportOutcomesParts) {}

  /** @returns whether there may be more. */
  async execute(): Promise<boolean> {
    const { deliveries } = this.parts;
    const ended = await deliveries.unreported(mostAtOnce);
    const advanced = await this.advance(ended);
    if (advanced.length > 0) {
      await deliveries.markReported(idsOf(advanced), await this.publish(advanced));
      return ended.length === mostAtOnce;
    }
    const left = await deliveries.unpublished(mostAtOnce);
    if (left.length === 0 || !(await this.publish(left))) return false;
    await deliveries.markPublished(idsOf(left));
    return left.length === mostAtOnce;
  }

  /** @returns those whose dispatch has taken them into account. */
  private async advance(ended: readonly Delivery[]): Promise<readonly Delivery[]> {
    const { advance, log } = this.parts;
    const advanced = await advanceEach(advance, [...new Set(ended.map(({ dispatch }) => dispatch))], log);
    return ended.filter(({ dispatch }) => advanced.has(dispatch));
  }

  private async publish(ended: readonly Delivery[]): Promise<boolean> {
    const dispatches = await this.parts.dispatches.findMany([
      ...new Set(ended.map(({ dispatch }) => dispatch)),
    ]);
    try {
      // Beside each other: what is known of addresses must not slow the outcomes down.
      await Promise.all([
        this.parts.outcomes.publish(
          ended.flatMap((delivery) => {
            const dispatch = dispatches.get(delivery.dispatch);
            return dispatch ? [outcomeOf(delivery, dispatch)] : [];
          }),
        ),
        this.parts.addressHealth.publish(ended.flatMap((delivery) => observedBy(delivery, this.parts.hash))),
      ]);
      return true;
    } catch (err) {
      this.parts.log.warn(
        { event: 'outcomes.not-published', count: ended.length, err },
        'outcomes.not-published',
      );
      return false;
    }
  }
}

const idsOf = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ _id }) => _id);

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

function observedBy(delivery: Delivery, hash: KeyedHash): ObservedDelivery[] {
  const observation = observeAddress(delivery);
  // The addresses beyond the account are no contacts of it, and no state of them is kept.
  if (observation === undefined || isOfPlatform(delivery.step)) return [];
  const { _id, account, address, settledAt, acceptedAt } = delivery;
  const at = (settledAt ?? acceptedAt).toISOString();
  return [
    { delivery: _id, health: { account, addressHash: hash(addressHashParts(address)), ...observation, at } },
  ];
}
