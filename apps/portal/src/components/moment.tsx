import { Stack, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountZonesQuery } from '../api/account-contacts.js';
import { useAccount } from '../shell/use-account.js';
import { otherZones, timeIn } from './time-in.js';

interface MomentProps {
  /** An instant, as the API writes it. */
  readonly at: string;
  /** Whether seconds matter. */
  readonly isExact?: boolean;
}

/** An instant in the reader's zone; pointed at or focused, also in the zones of the account. */
export function Moment({ at, isExact = false }: MomentProps) {
  const { i18n } = useTranslation();
  return (
    <Tooltip label={<Elsewhere at={at} />} events={{ hover: true, focus: true, touch: true }} withArrow>
      <time dateTime={at} tabIndex={0} style={{ whiteSpace: 'nowrap' }}>
        {timeIn(i18n.language, at, { isExact })}
      </time>
    </Tooltip>
  );
}

/** Mounted when it is looked at, so that nothing is asked before. */
function Elsewhere({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const { account } = useAccount();
  const { data: zones = [] } = useQuery(accountZonesQuery(account.account));
  return (
    <Stack gap={2}>
      {otherZones(zones).map((zone) => (
        <Text key={zone} size="xs" inherit>
          {timeIn(i18n.language, at, { zone, isExact: true })} · {zone.replaceAll('_', ' ')}
        </Text>
      ))}
    </Stack>
  );
}
