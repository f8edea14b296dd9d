import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSignOut } from './use-sign-out.js';

export function SignOutButton() {
  const { t } = useTranslation('shell');
  const signOut = useSignOut();
  return (
    <Button size="xs" variant="default" onClick={signOut}>
      {t('signOut')}
    </Button>
  );
}
