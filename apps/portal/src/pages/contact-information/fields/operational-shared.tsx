import { Checkbox, Group, TextInput } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { ContactDraft } from '../draft.js';
import { useFormErrorText } from '../use-form-error-text.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

/** The one address that third parties get, so somebody says that it is the brand's own alias. */
export function OperationalShared(props: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const { register, formState } = useFormContext<ContactDraft>();
  const errors = formState.errors.operationalShared;
  return (
    <FieldFrame {...props}>
      <Group gap="sm" align="flex-start" wrap="wrap">
        <TextInput
          flex="2 1 14rem"
          type="email"
          label={t('address')}
          error={errorText(errors?.email)}
          {...register('operationalShared.email')}
        />
        <TextInput
          flex="1 1 9rem"
          label={t('label')}
          error={errorText(errors?.label)}
          {...register('operationalShared.label')}
        />
      </Group>
      <Checkbox
        label={t('isBrandSupportAlias')}
        error={errorText(errors?.isBrandSupportAlias)}
        {...register('operationalShared.isBrandSupportAlias')}
      />
    </FieldFrame>
  );
}
