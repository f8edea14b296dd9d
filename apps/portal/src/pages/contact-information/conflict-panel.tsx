import { Button, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import type { ContactField, ContactInformation } from '@signalbox/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linesOf, type Mailbox } from './lines-of.js';
import { merge, type Difference, type Side } from './merge.js';

interface ConflictPanelProps {
  readonly differences: readonly Difference[];
  readonly mine: ContactInformation;
  readonly theirs: ContactInformation;
  readonly users: readonly Mailbox[];
  readonly onMerged: (information: ContactInformation) => void;
}

/** Somebody else has saved meanwhile: both versions of every field that differs, to choose from. */
export function ConflictPanel({ differences, mine, theirs, users, onMerged }: ConflictPanelProps) {
  const { t, i18n } = useTranslation('contactInformation');
  const heading = useRef<HTMLHeadingElement>(null);
  const [choices, setChoices] = useState<Partial<Record<ContactField, Side>>>(() =>
    Object.fromEntries(
      differences.flatMap(({ field, suggested }) => (suggested ? [[field, suggested]] : [])),
    ),
  );
  useEffect(() => heading.current?.focus(), []);
  const isDecided = differences.every(({ field }) => choices[field] !== undefined);
  const version = (information: ContactInformation, field: ContactField) => {
    const lines = linesOf(information, field, users, i18n.language);
    return lines.length === 0 ? t('conflict.nothing') : lines.join('\n');
  };
  return (
    <Paper
      component="section"
      withBorder
      radius="lg"
      p="lg"
      aria-labelledby="contact-conflict"
      style={{ borderColor: 'var(--mantine-color-orange-light-color)' }}
    >
      <Stack>
        <Title order={2} id="contact-conflict" ref={heading} tabIndex={-1}>
          {t('conflict.title')}
        </Title>
        <Text>{t('conflict.text')}</Text>
        {differences.map(({ field }) => (
          <Radio.Group
            key={field}
            label={t(`fields.${field}.title`)}
            value={choices[field] ?? null}
            onChange={(side) => setChoices({ ...choices, [field]: side })}
          >
            <Stack gap="xs" mt="xs">
              {(['mine', 'theirs'] as const).map((side) => (
                <Radio
                  key={side}
                  value={side}
                  label={t(`conflict.${side}`)}
                  description={version(side === 'mine' ? mine : theirs, field)}
                  styles={{
                    description: {
                      whiteSpace: 'pre-line',
                      overflowWrap: 'anywhere',
                      fontSize: 'var(--mantine-font-size-sm)',
                    },
                  }}
                />
              ))}
            </Stack>
          </Radio.Group>
        ))}
        <Button disabled={!isDecided} onClick={() => onMerged(merge(mine, theirs, choices))}>
          {t('conflict.save')}
        </Button>
      </Stack>
    </Paper>
  );
}
