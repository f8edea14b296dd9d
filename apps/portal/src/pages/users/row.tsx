import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface RowProps {
  readonly name: string;
  /** What is to be known of them besides. */
  readonly note?: ReactNode;
  /** Short words about them. */
  readonly marks?: ReactNode;
  /** What can be done. */
  readonly children?: ReactNode;
}

/** One person. */
export const Row = ({ name, note, marks, children }: RowProps) => (
  <Paper withBorder radius="lg" p="md" role="listitem">
    <Group justify="space-between" gap="sm">
      <div style={{ flex: '1 1 16rem', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {marks}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {note}
        </Text>
      </div>
      <Group gap="xs" align="flex-end">
        {children}
      </Group>
    </Group>
  </Paper>
);
