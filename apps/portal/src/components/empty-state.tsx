import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly text?: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** In place of a list that holds nothing. */
export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <Paper withBorder radius="lg" p="xl" ta="center" role="status">
      <Stack gap="xs" align="center">
        <Text fw={600}>{title}</Text>
        {text !== undefined && (
          <Text c="dimmed" maw="32rem">
            {text}
          </Text>
        )}
        {children}
      </Stack>
    </Paper>
  );
}
