import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { requiredFields } from '@signalbox/domain';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../shell/use-account.js';
import './save-bar.css';

// Few discard anything.
const ConfirmButton = lazy(async () => ({
  default: (await import('../../components/confirm-button.js')).ConfirmButton,
}));

interface SaveBarProps {
  /** How many of the required fields are filled in. */
  readonly done: number;
  readonly isSaving: boolean;
  readonly disabled: boolean;
  /** What became of it. */
  readonly said: string;
  /** Undefined when there is nothing to discard. */
  readonly onDiscard: (() => void) | undefined;
}

/** How much of what is required is there, and the way to save: always in sight, however long the form is. */
export function SaveBar({ done, isSaving, disabled, said, onDiscard }: SaveBarProps) {
  const { t } = useTranslation('contactInformation');
  const { account, environment } = useAccount();
  const all = requiredFields(account.integrationType, environment).length;
  const progress = t('progress', { done, all });
  return (
    <Paper withBorder radius="lg" shadow="md" p="sm" className="save-bar">
      <Group wrap="nowrap" gap="md">
        <div className="save-bar-progress">
          <Text size="sm" fw={600} mb={6}>
            {progress}
          </Text>
          <Progress value={(100 * done) / all} aria-label={progress} />
        </div>
        <Button type="submit" size="md" loading={isSaving} disabled={disabled}>
          {t('save')}
        </Button>
      </Group>
      <Group justify="space-between" gap="sm">
        <Text role="status" size="sm" c="dimmed" className="save-bar-said">
          {said}
        </Text>
        {onDiscard && (
          <Suspense>
            <ConfirmButton
              label={t('discard.button')}
              title={t('discard.title')}
              text={t('discard.text')}
              confirm={t('discard.confirm')}
              action={() => Promise.resolve(onDiscard())}
            />
          </Suspense>
        )}
      </Group>
    </Paper>
  );
}
