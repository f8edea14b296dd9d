import { Container, Stack } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isWorthRetrying, ProblemError } from '../api/problem-error.js';
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
  const isOver = error instanceof ProblemError && !isWorthRetrying(error);
  return (
    <Container size="36rem" py="xl">
      <Stack align="flex-start">
        <ProblemAlert error={error} {...(!isOver && { onTryAgain: tryAgain })} />
        {isOver && (
          <RouterButton to="/" variant="default">
            {t('notFound.home')}
          </RouterButton>
        )}
      </Stack>
    </Container>
  );
}
