import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldSet } from './field-set.js';

/** A field that exists in production alone, seen from sandbox. */
export function FieldElsewhere({ field }: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  return (
    <FieldSet field={field} badge={t('elsewhere.badge')} badgeColor="gray" disabled>
      <Text size="sm">{t('elsewhere.text')}</Text>
    </FieldSet>
  );
}
