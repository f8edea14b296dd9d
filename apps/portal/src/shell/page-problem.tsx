import { Container, Stack } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isFinalAnswer } from '../api/problem-error.js';
import { PageHead } from '../components/page-head.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RouterButton } from '../components/router-link.js';

/** In place of a page that could not be shown: asked for again where that may help, and a way out where not. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const router = useRouter();
  const tryAgain = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="36rem" py="xl">
      <PageHead title={t('problem')} />
      <Stack align="flex-start">
        <ProblemAlert error={error} onTryAgain={tryAgain} />
        {isFinalAnswer(error) && (
          <RouterButton to="/" variant="default">
            {t('notFound.home')}
          </RouterButton>
        )}
      </Stack>
    </Container>
  );
}
