import type { ApiKeyPrincipal, SignalboxEvent } from '@signalbox/contracts';
import { isWithinLimits } from '@signalbox/runtime';

const eventLimits = ['kind', 'environment', 'account'] as const;
export type EventLimit = (typeof eventLimits)[number];

/** What about an event is more than its sender's key may send; nothing when all is well. */
export function beyondLimits(
  sender: ApiKeyPrincipal,
  { kind, account, data: { environment } }: Pick<SignalboxEvent, 'kind' | 'account' | 'data'>,
): EventLimit[] {
  const named = { kind, environment, account };
  return eventLimits.filter((limit) => !isWithinLimits(sender, { [limit]: named[limit] }));
}
