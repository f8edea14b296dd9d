import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../../components/card-page.js';
import { PageHead } from '../../components/page-head.js';
import { RouterButton } from '../../components/router-link.js';
import { useEnter } from '../../components/use-enter.js';
import { UseLink } from '../../components/use-link.js';
import { useLinkToken } from '../../components/use-link-token.js';
import { acceptInvitation } from './queries.js';

export function InvitationPage() {
  const { t } = useTranslation('invitation');
  const token = useLinkToken();
  const enter = useEnter();
  if (token === undefined) {
    return (
      <CardPage>
        <PageHead title={t('title')} lead={t('incomplete')} />
        <SignInInstead />
      </CardPage>
    );
  }
  return (
    <CardPage>
      <UseLink
        title={t('title')}
        lead={t('lead')}
        button={t('button')}
        use={() => acceptInvitation(token)}
        onUsed={enter}
        otherwise={<SignInInstead />}
      />
    </CardPage>
  );
}

function SignInInstead() {
  const { t } = useTranslation('invitation');
  return (
    <Stack align="flex-start">
      <Text>{t('another')}</Text>
      <RouterButton to="/sign-in" variant="default">
        {t('signIn')}
      </RouterButton>
    </Stack>
  );
}
