import { Group, Modal, Stack, Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/loading.js';
import { AccountSwitch } from '../../shell/account-switch.js';
import { EnvironmentSwitch } from '../../shell/environment-switch.js';
import { HelpLinks } from '../../shell/help-links.js';
import { Settings } from '../../shell/settings.js';
import { SignOutButton } from '../../shell/sign-out-button.js';
import { useAccount } from '../../shell/use-account.js';
import { ContactForm } from '../contact-information/contact-form.js';
import './gate.css';

// Most people only fill in.
const UsersPanel = lazy(async () => ({ default: (await import('../users/users-panel.js')).UsersPanel }));

/** What somebody meets whose account lacks what is required: this over an empty page, and no way past it. */
export function Gate() {
  const { t } = useTranslation('gate');
  const { account, environment } = useAccount();
  const isNarrow = useMediaQuery('(max-width: 48em)');
  useEffect(() => {
    document.title = `${t('title')} · Signalbox`;
  }, [t]);
  return (
    <Modal.Root
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      fullScreen={isNarrow}
      size="56rem"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0} />
      <Modal.Content>
        <Modal.Header className="gate-header">
          <Modal.Title component="h1" fz="h2" fw={650}>
            {t('title')}
          </Modal.Title>
          <HelpLinks />
        </Modal.Header>
        <Modal.Body className="gate-body">
          <Stack>
            <Text c="dimmed">{t('lead')}</Text>
            <Group justify="space-between" wrap="nowrap">
              <AccountSwitch />
              <EnvironmentSwitch />
            </Group>
            <Tabs defaultValue="contact-information" keepMounted={false}>
              <Tabs.List mb="lg">
                <Tabs.Tab value="contact-information">{t('contactInformation')}</Tabs.Tab>
                <Tabs.Tab value="users">{t('users')}</Tabs.Tab>
              </Tabs.List>
              <Suspense fallback={<Loading />}>
                <Tabs.Panel value="contact-information" keepMounted>
                  <ContactForm key={`${account.account} ${environment}`} />
                </Tabs.Panel>
                <Tabs.Panel value="users">
                  <UsersPanel />
                </Tabs.Panel>
              </Suspense>
            </Tabs>
            <Group justify="space-between" mt="md">
              <Settings />
              <SignOutButton />
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
