import { useTranslation } from 'react-i18next';
import './skip-link.css';

/** For who goes by keyboard: past the navigation. A link to `#content` would leave the page, since it has a <base>. */
export function SkipLink() {
  const { t } = useTranslation('shell');
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => document.querySelector<HTMLElement>('#content h1')?.focus()}
    >
      {t('skip')}
    </button>
  );
}
