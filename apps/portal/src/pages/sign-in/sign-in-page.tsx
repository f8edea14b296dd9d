import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../../components/card-page.js';
import { PageHead } from '../../components/page-head.js';
import { useEnter } from '../../components/use-enter.js';
import { UseLink } from '../../components/use-link.js';
import { useLinkToken } from '../../components/use-link-token.js';
import { keepReturnPath } from '../../return-path.js';
import { AskForLink } from './ask-for-link.js';
import { LocalMailbox } from './local-mailbox.js';
import { signedInQuery, signInWith } from './queries.js';

export function SignInPage() {
  const token = useLinkToken();
  return (
    <CardPage>
      {token === undefined ? <SignInByMail /> : <SignInByLink token={token} />}
      <LocalMailbox />
    </CardPage>
  );
}

/** Whoever is signed in already, here or meanwhile in another tab, is led in. */
function SignInByMail() {
  const { t } = useTranslation('signIn');
  const { next } = useSearch({ from: '/sign-in' });
  const enter = useEnter();
  const { data: session } = useQuery(signedInQuery);
  useEffect(() => {
    keepReturnPath(next);
    if (session !== undefined) enter(session);
  }, [next, session]);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <AskForLink />
    </>
  );
}

function SignInByLink({ token }: { readonly token: string }) {
  const { t } = useTranslation('signIn');
  const enter = useEnter();
  return (
    <UseLink
      title={t('title')}
      lead={t('link.lead')}
      button={t('link.button')}
      use={() => signInWith(token)}
      onUsed={enter}
      otherwise={
        <Stack>
          <Text>{t('link.another')}</Text>
          <AskForLink />
        </Stack>
      }
    />
  );
}
