import { Alert, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RouterAnchor } from '../../components/router-link.js';
import { useAccount } from '../../shell/use-account.js';

/** What comes next, for who has just filled in the last required field. */
export function GateOpened({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('gate');
  const { account } = useAccount();
  return (
    <Alert
      color="signal"
      title={t('opened.title')}
      role="status"
      withCloseButton
      closeButtonLabel={t('opened.close')}
      onClose={onClose}
      mb="xl"
      maw="60rem"
    >
      <Text size="sm" c="bright" mb="xs">
        {t('opened.text')}
      </Text>
      <List size="sm" c="bright">
        <List.Item>
          <RouterAnchor to="/contact-information" size="sm">
            {t('opened.check')}
          </RouterAnchor>
        </List.Item>
        <List.Item>
          <RouterAnchor to="/users" size="sm">
            {t('opened.invite')}
          </RouterAnchor>
        </List.Item>
        {!account.launched && <List.Item>{t('opened.launch')}</List.Item>}
      </List>
    </Alert>
  );
}
