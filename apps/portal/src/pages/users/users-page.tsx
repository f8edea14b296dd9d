import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../components/page-head.js';
import { UsersPanel } from './users-panel.js';

export function UsersPage() {
  const { t } = useTranslation('users');
  return (
    <Box maw="44rem">
      <PageHead title={t('title')} lead={t('lead')} />
      <UsersPanel />
    </Box>
  );
}
