import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog, type Confirmation } from './confirm-dialog.js';
import { useFocusWhenGone } from './use-focus-when-gone.js';

interface ConfirmButtonProps extends Confirmation {
  readonly label: string;
  /** The button's whole name, where there are several of its kind. */
  readonly name?: string;
}

/** A button of something that takes away: it asks first. */
export function ConfirmButton({ label, name, ...asked }: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  const button = useFocusWhenGone<HTMLButtonElement>(headingOrSubmit);
  return (
    <>
      <Button ref={button} size="xs" color="red" variant="light" aria-label={name} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog opened={opened} onClose={close} {...asked} />
    </>
  );
}

/** The heading of the list that it is in, or what submits the form. */
const headingOrSubmit = (button: HTMLElement): HTMLElement | null | undefined =>
  button.closest('section, form')?.querySelector<HTMLElement>('h2, [type=submit]');
