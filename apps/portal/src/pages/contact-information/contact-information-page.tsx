import { Box, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../components/page-head.js';
import { RouterButton } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useAccount } from '../../shell/use-account.js';
import { ContactForm } from './contact-form.js';
import { AddressesPanel } from './history/addresses-panel.js';

export function ContactInformationPage() {
  const { t } = useTranslation(['contactInformation', 'history']);
  const { account, environment } = useAccount();
  return (
    <Box maw="52rem">
      <PageHead title={t('title')} lead={t('lead')}>
        <RouterButton to={pages.contactHistory.path} variant="default" size="xs">
          {t('history:link')}
        </RouterButton>
      </PageHead>
      <Stack gap="3rem">
        <ContactForm key={`${account.account} ${environment}`} />
        <AddressesPanel />
      </Stack>
    </Box>
  );
}
