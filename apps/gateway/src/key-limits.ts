import type { ApiKeyPrincipal, SignalboxEvent } from '@signalbox/contracts';

export type EventLimit = 'kind' | 'environment' | 'account';

/** What about an event is more than its sender's key may send; nothing when all is well. */
export function beyondLimits(
  { limits }: Pick<ApiKeyPrincipal, 'limits'>,
  event: Pick<SignalboxEvent, 'kind' | 'account' | 'data'>,
): EventLimit[] {
  const beyond: Record<EventLimit, boolean> = {
    kind: isBeyond(limits?.kinds, event.kind),
    environment: isBeyond(limits?.environments, event.data.environment),
    account: isBeyond(limits?.accounts, event.account),
  };
  return (Object.keys(beyond) as EventLimit[]).filter((limit) => beyond[limit]);
}

const isBeyond = <T>(allowed: readonly T[] | undefined, value: T): boolean =>
  allowed !== undefined && !allowed.includes(value);
