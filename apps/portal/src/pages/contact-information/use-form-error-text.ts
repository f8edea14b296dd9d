import { mostContacts } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/form-errors.js';
import { isOwnErrorCode } from './form-error-code.js';

/** The sentence for an error of this form, in the reader's language. */
export function useFormErrorText(): ReturnType<typeof useErrorText> {
  const { t } = useTranslation('contactInformation');
  const errorText = useErrorText();
  return (error) =>
    isOwnErrorCode(error?.type) ? t(`errors.${error.type}`, { most: mostContacts }) : errorText(error);
}
