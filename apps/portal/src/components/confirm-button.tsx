import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog, type Confirmation } from './confirm-dialog.js';

interface ConfirmButtonProps extends Confirmation {
  readonly label: string;
  /** The button's whole name, where there are several of its kind. */
  readonly name: string;
}

/** A button of something that takes away: it asks first. */
export function ConfirmButton({ label, name, ...asked }: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" color="red" variant="light" aria-label={name} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog opened={opened} onClose={close} {...asked} />
    </>
  );
}
