import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import './offline-banner.css';

/** Says so while the device has no network; what is asked for meanwhile fails at once and is not done later. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  );
  // There from the start, or a screen reader would not say what comes into it.
  return (
    <div role="status" className="offline-banner">
      {!isOnline && t('offline')}
    </div>
  );
}
