import { Group, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import './page-head.css';

interface PageHeadProps {
  readonly title: string;
  readonly lead?: string;
  /** What can be done with the page as a whole. */
  readonly children?: ReactNode;
}

/** A page's heading. It takes the focus, so that who listens hears on which page they are, and names the window. */
export function PageHead({ title, lead, children }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Signalbox`;
  }, [title]);
  // Once: whoever chooses another language goes on from where they chose it.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Group justify="space-between" align="flex-start" className="page-head">
      <div>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" mt="xs" maw="44rem">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Group>
  );
}
