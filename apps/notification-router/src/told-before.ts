import {
  isErasedAddress,
  isFinal,
  type Delivery,
  type Dispatch,
  type Recipient,
  type SignalboxEvent,
} from '@signalbox/contracts';
import type { KeyedHash } from '@signalbox/runtime';
import { dispatchIdOf, recipientsOf } from './to-dispatch.js';

export interface EndedDispatches {
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>>;
  deliveriesOf(ids: readonly string[]): Promise<readonly Delivery[]>;
}

/**
 * Who was told of what events end, or is being told at this moment.
 * @returns nobody for an event that ends nothing, or nothing of its account that is known.
 */
export async function toldBefore(
  dispatches: EndedDispatches,
  hash: KeyedHash,
  events: readonly SignalboxEvent[],
): Promise<(event: SignalboxEvent) => readonly Recipient[]> {
  const ids = events.flatMap(({ data: { resolves } }) => (resolves ? [dispatchIdOf(hash, resolves)] : []));
  if (ids.length === 0) return () => [];
  const ended = await dispatches.findMany([...new Set(ids)]);
  const deliveries = await dispatches.deliveriesOf([...ended.keys()]);
  const told = new Set(deliveries.filter(isTold).map(({ _id }) => _id));
  return ({ account, data: { resolves } }) => {
    const dispatch = resolves && ended.get(dispatchIdOf(hash, resolves));
    // Nobody else's may be ended, so nobody learns of it either.
    if (dispatch?.event.account !== account) return [];
    return recipientsOf(dispatch)
      .filter(({ delivery, address }) => told.has(delivery) && !isErasedAddress(address))
      .map(({ delivery: _, ...recipient }) => recipient);
  };
}

const isTold = ({ state, bouncedAt }: Delivery): boolean =>
  !isFinal(state) || (state === 'sent' && bouncedAt === undefined);
