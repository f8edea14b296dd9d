import { useTranslation } from 'react-i18next';
import { CardPage } from '../components/card-page.js';
import { PageHead } from '../components/page-head.js';
import { RouterButton } from '../components/router-link.js';

export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <CardPage>
      <PageHead title={t('notFound.title')} lead={t('notFound.text')} />
      <RouterButton to="/" variant="default">
        {t('notFound.home')}
      </RouterButton>
    </CardPage>
  );
}
