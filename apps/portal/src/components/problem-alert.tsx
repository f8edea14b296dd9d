import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isFinalAnswer } from '../api/problem-error.js';
import { useProblemText } from './use-problem-text.js';

interface ProblemAlertProps {
  readonly error: unknown;
  /** In place of the sentence for the error's code. */
  readonly text?: string | undefined;
  /** Asks again, where that can help. */
  readonly onTryAgain?: () => void;
}

/** What went wrong, said aloud by screen readers. */
export function ProblemAlert({ error, text, onTryAgain }: ProblemAlertProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (
    <Alert color="red" variant="light" role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="bright">
          {text ?? problemText(error)}
        </Text>
        {onTryAgain && !isFinalAnswer(error) && (
          <Button size="xs" variant="default" onClick={onTryAgain}>
            {t('tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
