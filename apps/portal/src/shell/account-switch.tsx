import { NativeSelect, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccount } from './use-account.js';

/** The account's name; whoever belongs to several chooses here. */
export function AccountSwitch() {
  const { t } = useTranslation('shell');
  const { account, accounts } = useAccount();
  const navigate = useNavigate();
  if (accounts.length === 1) {
    return (
      <Text fw={600} truncate>
        {account.name}
      </Text>
    );
  }
  return (
    <NativeSelect
      size="xs"
      aria-label={t('account')}
      value={account.account}
      data={accounts.map(({ account: value, name }) => ({ value, label: name }))}
      onChange={({ currentTarget }) => {
        void navigate({ to: '.', search: (now: object) => ({ ...now, account: currentTarget.value }) });
      }}
    />
  );
}
