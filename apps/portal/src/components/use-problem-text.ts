import { useTranslation } from 'react-i18next';
import { NoAnswerError, ProblemError } from '../api/problem-error.js';

/** Says what went wrong in the reader's language. What the API wrote in English is not shown. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('problems');
  return (error) => {
    if (error instanceof NoAnswerError) return t('noAnswer');
    if (!(error instanceof ProblemError)) return t('unexpected');
    const { code } = error;
    return i18n.exists(code, { ns: 'problems' }) ? t(code as 'forbidden') : t('other', { code });
  };
}
