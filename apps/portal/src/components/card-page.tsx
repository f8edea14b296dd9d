import { Box, Container, Group, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { HelpLinks } from '../shell/help-links.js';
import { Settings } from '../shell/settings.js';
import { Brand } from './brand.js';

interface CardPageProps {
  /** At the top right, after help. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page that is one card, without navigation; help at the top right, settings below. */
export function CardPage({ actions, children }: CardPageProps) {
  return (
    <Box mih="100dvh">
      <Group component="header" justify="space-between" p="md" gap="xs">
        <Brand />
        <Group gap="md">
          <HelpLinks />
          {actions}
        </Group>
      </Group>
      <Container component="main" size="28rem" pt={{ base: 'md', sm: '10vh' }} pb="xl">
        <Paper withBorder radius="lg" p={{ base: 'lg', sm: 'xl' }} shadow="xs">
          {children}
        </Paper>
        <Group justify="center" mt="lg">
          <Settings />
        </Group>
      </Container>
    </Box>
  );
}
