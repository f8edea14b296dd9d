import { Group, Stack, Text } from '@mantine/core';
import type { EventView } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { DeliveryBadge } from './state-badge.js';
import { useWords } from './use-words.js';

/** Every address that the event went to, or was not to go to, and how that ended. */
export function EventRecipients({ event: { deliveries } }: { readonly event: EventView }) {
  const { t } = useTranslation('events');
  const { field, who, reason } = useWords();
  if (deliveries.length === 0) return <Text c="dimmed">{t('recipients.nobody')}</Text>;
  return (
    <Stack gap="sm" role="list">
      {deliveries.map((delivery) => (
        <Group key={delivery.id} role="listitem" justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Text>{who(delivery)}</Text>
            <Text size="sm" c="dimmed">
              {field(delivery.step)}
              {delivery.reason !== null && ` · ${reason(delivery.reason)}`}
            </Text>
          </div>
          <DeliveryBadge state={delivery.state} bouncedAt={delivery.bouncedAt} />
        </Group>
      ))}
    </Stack>
  );
}
