import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactFieldProps } from './contact-field-props.js';
import './field-frame.css';

/** A field that exists in production alone, seen from sandbox. */
export function FieldElsewhere({ field }: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  return (
    <fieldset className="contact-field" id={`field-${field}`} disabled>
      <legend>
        <Group gap="xs">
          {t(`fields.${field}.title`)}
          <Badge size="sm" variant="light" color="gray">
            {t('elsewhere.badge')}
          </Badge>
        </Group>
      </legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t(`fields.${field}.explanation`)}
        </Text>
        <Text size="sm">{t('elsewhere.text')}</Text>
      </Stack>
    </fieldset>
  );
}
