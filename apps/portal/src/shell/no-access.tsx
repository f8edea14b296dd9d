import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../components/card-page.js';
import { PageHead } from '../components/page-head.js';
import { RouterButton } from '../components/router-link.js';
import { SignOutButton } from './sign-out-button.js';

/** Whoever follows a link to an account of other people is told so, and not shown an account of their own in its place. */
export function NoAccess({ email }: { readonly email: string }) {
  const { t } = useTranslation('shell');
  return (
    <CardPage actions={<SignOutButton />}>
      <PageHead title={t('noAccess.title')} lead={t('noAccess.text', { email })} />
      <Text mb="md">{t('noAccess.what')}</Text>
      <RouterButton to="/" search={{ account: undefined }} variant="default">
        {t('noAccess.home')}
      </RouterButton>
    </CardPage>
  );
}
