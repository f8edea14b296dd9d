import { Box, Container, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { HelpLinks } from '../shell/help-links.js';
import { Settings } from '../shell/settings.js';

interface CardPageProps {
  /** At the top right, after help and settings. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page that is one card, without navigation; help at the top right. */
export function CardPage({ actions, children }: CardPageProps) {
  return (
    <Box mih="100dvh">
      <Group justify="space-between" p="md" gap="xs">
        <Text fw={700}>Signalbox</Text>
        <Group gap="md">
          <HelpLinks />
          <Settings />
          {actions}
        </Group>
      </Group>
      <Container component="main" size="28rem" pt={{ base: 'md', sm: '10vh' }} pb="xl">
        <Paper withBorder radius="lg" p={{ base: 'lg', sm: 'xl' }} shadow="xs">
          {children}
        </Paper>
      </Container>
    </Box>
  );
}
