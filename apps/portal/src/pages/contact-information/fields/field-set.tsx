import { Badge, Group, Stack, Text } from '@mantine/core';
import type { ContactField } from '@signalbox/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './field-set.css';

interface FieldSetProps {
  readonly field: ContactField;
  /** What is said of the field beside its name. */
  readonly badge: string;
  readonly badgeColor: 'signal' | 'gray';
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** The outside of a field, whoever fills it in and where: its name, and who is told and when. */
export function FieldSet({ field, badge, badgeColor, disabled = false, children }: FieldSetProps) {
  const { t } = useTranslation('contactInformation');
  return (
    <fieldset className="contact-field" id={`field-${field}`} tabIndex={-1} disabled={disabled}>
      <legend>
        <Group gap="xs">
          {t(`fields.${field}.title`)}
          <Badge color={badgeColor}>{badge}</Badge>
        </Group>
      </legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t(`fields.${field}.explanation`)}
        </Text>
        {children}
      </Stack>
    </fieldset>
  );
}
