import { Stack, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../../components/card-page.js';
import { PageHead } from '../../components/page-head.js';
import { UseLink } from '../../components/use-link.js';
import { useLinkToken } from '../../components/use-link-token.js';
import { useEnter } from '../../components/use-enter.js';
import { AskForLink } from './ask-for-link.js';
import { signInWith } from './queries.js';
import { keepReturnPath, takeReturnPath } from './return-path.js';

export function SignInPage() {
  const { t } = useTranslation('signIn');
  const token = useLinkToken();
  const { next } = useSearch({ from: '/sign-in' });
  useEffect(() => {
    if (next !== undefined) keepReturnPath(next);
  }, [next]);
  return (
    <CardPage>
      <PageHead title={t('title')} lead={t(token === undefined ? 'lead' : 'link.lead')} />
      {token === undefined ? <AskForLink /> : <SignInByLink token={token} />}
    </CardPage>
  );
}

function SignInByLink({ token }: { readonly token: string }) {
  const { t } = useTranslation('signIn');
  const enter = useEnter();
  return (
    <UseLink
      button={t('link.button')}
      use={() => signInWith(token)}
      onUsed={(session) => enter(session, takeReturnPath())}
      otherwise={
        <Stack>
          <Text>{t('link.another')}</Text>
          <AskForLink />
        </Stack>
      }
    />
  );
}
