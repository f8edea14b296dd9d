import { NativeSelect } from '@mantine/core';
import { environments, type Environment } from '@signalbox/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import './environment-switch.css';
import { useAccount } from './use-account.js';

/**
 * Which environment is worked in. It stands in the address, so that a link leads to what its sender saw; sandbox has another
 * colour, so that nobody takes it for production.
 */
export function EnvironmentSwitch() {
  const { t } = useTranslation();
  const { environment } = useAccount();
  const navigate = useNavigate();
  return (
    <NativeSelect
      size="xs"
      className="environment-switch"
      data-environment={environment}
      aria-label={t('environment.label')}
      value={environment}
      data={environments.map((value) => ({ value, label: t(`environment.${value}`) }))}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value as Environment;
        void navigate({ to: '.', search: (now: object) => ({ ...now, environment: chosen }) });
      }}
    />
  );
}
