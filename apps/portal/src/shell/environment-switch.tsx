import { SegmentedControl } from '@mantine/core';
import { environments } from '@signalbox/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccount } from './use-account.js';

/** Which environment is worked in. It stands in the address, so that a link leads to what its sender saw. */
export function EnvironmentSwitch() {
  const { t } = useTranslation();
  const { environment } = useAccount();
  const navigate = useNavigate();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('environment.label')}
      data={environments.map((value) => ({ value, label: t(`environment.${value}`) }))}
      value={environment}
      onChange={(chosen) =>
        void navigate({ to: '.', search: (now: object) => ({ ...now, environment: chosen }) })
      }
    />
  );
}
