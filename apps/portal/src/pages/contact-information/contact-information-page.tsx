import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../components/page-head.js';
import { useAccount } from '../../shell/use-account.js';
import { ContactForm } from './contact-form.js';

export function ContactInformationPage() {
  const { t } = useTranslation('contactInformation');
  const { account, environment } = useAccount();
  return (
    <Box maw="52rem">
      <PageHead title={t('title')} lead={t('lead')} />
      <ContactForm key={`${account.account} ${environment}`} />
    </Box>
  );
}
