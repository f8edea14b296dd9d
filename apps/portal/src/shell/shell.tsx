import { AppShell, Box, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session.js';
import { Brand } from '../components/brand.js';
import { Loading } from '../components/loading.js';
import { AccountSwitch } from './account-switch.js';
import { EnvironmentSwitch } from './environment-switch.js';
import { HelpLinks } from './help-links.js';
import { Navigation } from './navigation.js';
import { Settings } from './settings.js';
import { SkipLink } from './skip-link.js';
import { SignOutButton } from './sign-out-button.js';

const headerHeight = 60;
const navigationWidth = 248;

/** What stands around every page of a partner whose gate is open; its children stand above the page. */
export function Shell({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation('shell');
  const [isOpen, { toggle, close }] = useDisclosure();
  const burger = useRef<HTMLButtonElement>(null);
  return (
    <AppShell
      header={{ height: headerHeight }}
      navbar={{ width: navigationWidth, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !isOpen) return;
        close();
        burger.current?.focus();
      }}
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" miw={0} gap="sm">
            <Burger
              ref={burger}
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={isOpen}
              aria-controls="navigation"
            />
            <Box visibleFrom="md" w={navigationWidth - 28}>
              <Brand />
            </Box>
            <AccountSwitch />
          </Group>
          <Group gap="lg" wrap="nowrap">
            <Box visibleFrom="md">
              <HelpLinks />
            </Box>
            <EnvironmentSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar id="navigation" p="sm" aria-label={t('navigation')}>
        <AppShell.Section grow>
          <Navigation onChosen={close} />
        </AppShell.Section>
        <Stack gap="sm" p="sm" align="flex-start">
          <Box hiddenFrom="md">
            <HelpLinks />
          </Box>
          <SignedInAs />
          <Settings />
          <SignOutButton />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Suspense fallback={<Loading />}>
          {children}
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function SignedInAs() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return session.kind === 'portal-user' ? (
    <Text size="sm" c="dimmed" maw="100%" truncate title={session.email}>
      {session.email}
    </Text>
  ) : null;
}
