import { isErasedAddress, platformStaff } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';

/** Whoever said "I am on it", as a reader may see them: a name, an address, or what stands for one. */
export function useWhoSaid(): (by: string) => string {
  const { t } = useTranslation('events');
  return (by) => {
    if (by === platformStaff) return t('platformStaff');
    return isErasedAddress(by) ? t('erased') : by;
  };
}
