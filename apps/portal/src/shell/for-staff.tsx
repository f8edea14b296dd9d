import { Anchor, Stack, Text } from '@mantine/core';
import type { SessionView } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../components/card-page.js';
import { PageHead } from '../components/page-head.js';
import { SignOutButton } from './sign-out-button.js';

/** Who signs in here and is no partner. The operations console will have its place in the table of pages. */
export function ForStaff({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation('shell');
  const email = session.kind === 'api-key' ? session.name : session.email;
  return (
    <CardPage actions={<SignOutButton />}>
      <PageHead title={t('staff.title')} />
      <Stack>
        <Text>{t('staff.text', { email })}</Text>
        <Anchor href="docs">{t('staff.api')}</Anchor>
      </Stack>
    </CardPage>
  );
}
