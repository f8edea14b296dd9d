import { Badge, type MantineColor } from '@mantine/core';
import type { DeliveryView, DispatchState } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';

const colors = {
  delivering: 'blue',
  delivered: 'signal',
  undelivered: 'red',
  suppressed: 'gray',
} as const satisfies Record<DispatchState, MantineColor>;

const deliveryColors = {
  pending: 'blue',
  sending: 'blue',
  sent: 'signal',
  refused: 'red',
  expired: 'red',
  superseded: 'gray',
  suppressed: 'gray',
  bounced: 'red',
} as const satisfies Record<DeliveryView['state'] | 'bounced', MantineColor>;

/** What became of an event, in two words. */
export function StateBadge({ state }: { readonly state: DispatchState }) {
  const { t } = useTranslation('events');
  return <Mark color={colors[state]}>{t(`states.${state}`)}</Mark>;
}

/** What became of the mail to one address. A bounce is a fact on a mail that was sent, and the one that counts. */
export function DeliveryBadge({ state, bouncedAt }: Pick<DeliveryView, 'state' | 'bouncedAt'>) {
  const { t } = useTranslation('events');
  const shown = bouncedAt === null ? state : 'bounced';
  return <Mark color={deliveryColors[shown]}>{t(`deliveryStates.${shown}`)}</Mark>;
}

const Mark = ({ color, children }: { readonly color: MantineColor; readonly children: string }) => (
  <Badge color={color} style={{ flexShrink: 0 }}>
    {children}
  </Badge>
);
