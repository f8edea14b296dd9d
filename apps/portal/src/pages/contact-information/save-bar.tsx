import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import type { ContactInformation } from '@signalbox/contracts';
import { isEmpty, requiredFields } from '@signalbox/domain';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../shell/use-account.js';
import './save-bar.css';

interface SaveBarProps {
  /** As the form stands. */
  readonly information: ContactInformation;
  readonly isSaving: boolean;
  readonly disabled: boolean;
  /** What became of it. */
  readonly said: string;
}

/** How much of what is required is there, and the way to save: always in sight, however long the form is. */
export function SaveBar({ information, isSaving, disabled, said }: SaveBarProps) {
  const { t } = useTranslation('contactInformation');
  const { account, environment } = useAccount();
  const required = requiredFields(account.integrationType, environment);
  const done = required.filter((field) => !isEmpty(information, field)).length;
  const progress = t('progress', { done, all: required.length });
  return (
    <Paper withBorder radius="lg" shadow="md" p="sm" className="save-bar">
      <Group wrap="nowrap" gap="md">
        <div className="save-bar-progress">
          <Text size="sm" fw={600} mb={6}>
            {progress}
          </Text>
          <Progress value={(100 * done) / required.length} aria-label={progress} />
        </div>
        <Button type="submit" size="md" loading={isSaving} disabled={disabled}>
          {t('save')}
        </Button>
      </Group>
      <Text role="status" size="sm" c="dimmed" className="save-bar-said">
        {said}
      </Text>
    </Paper>
  );
}
