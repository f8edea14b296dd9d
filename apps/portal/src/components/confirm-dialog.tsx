import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.js';

export interface Confirmation {
  /** What is asked. */
  readonly title: string;
  /** What it would do. */
  readonly text: string;
  /** What the button says that does it. */
  readonly confirm: string;
  readonly action: () => Promise<unknown>;
  /** What is said of an error, where the sentence for its code does not say enough. */
  readonly errorText?: (error: unknown) => string | undefined;
}

interface ConfirmDialogProps extends Confirmation {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before something is taken away, and says why when it is refused. */
export function ConfirmDialog({ opened, onClose, title, ...asked }: ConfirmDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      withCloseButton={false}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Question onClose={onClose} {...asked} />
    </Modal>
  );
}

/** Mounted anew each time, so that an error of the last time is gone. */
function Question({
  onClose,
  text,
  confirm,
  action,
  errorText,
}: Omit<ConfirmDialogProps, 'opened' | 'title'>) {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useMutation({ mutationFn: action, onSuccess: onClose });
  return (
    <Stack>
      <Text>{text}</Text>
      {error !== null && <ProblemAlert error={error} text={errorText?.(error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red" loading={isPending} onClick={() => mutate()}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}
