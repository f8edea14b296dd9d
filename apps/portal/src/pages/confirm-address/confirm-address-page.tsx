import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../../components/card-page.js';
import { PageHead } from '../../components/page-head.js';
import { UseLink } from '../../components/use-link.js';
import { useLinkToken } from '../../components/use-link-token.js';
import { confirmAddress } from './queries.js';

/** Whoever confirms may be nobody of the account: nothing of it is shown but its name. */
export function ConfirmAddressPage() {
  const { t } = useTranslation('confirmAddress');
  const token = useLinkToken();
  const [account, setAccount] = useState<string>();
  if (account !== undefined) {
    return (
      <CardPage>
        <PageHead title={t('done.title')} lead={t('done.text', { account })} />
      </CardPage>
    );
  }
  if (token === undefined) {
    return (
      <CardPage>
        <PageHead title={t('title')} lead={t('incomplete')} />
      </CardPage>
    );
  }
  return (
    <CardPage>
      <UseLink
        title={t('title')}
        lead={t('lead')}
        button={t('button')}
        use={() => confirmAddress(token)}
        onUsed={({ accountName }) => setAccount(accountName)}
        otherwise={<Text>{t('another')}</Text>}
      />
    </CardPage>
  );
}
