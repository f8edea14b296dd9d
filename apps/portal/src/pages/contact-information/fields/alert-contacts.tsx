import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../components/loading.js';
import { usersQuery } from '../../users/queries.js';
import type { ContactDraft } from '../draft.js';
import type { Mailbox } from '../lines-of.js';
import { useFormErrorText } from '../use-form-error-text.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

const InviteForm = lazy(async () => ({ default: (await import('../../users/invite-form.js')).InviteForm }));

const name = 'alertContacts.userIds';

/** Portal users of the account; addresses that belong to nobody here cannot be typed in. */
export function AlertContacts(props: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  const errorText = useFormErrorText();
  const { control, clearErrors } = useFormContext<ContactDraft>();
  const { data: users } = useSuspenseQuery(usersQuery(props.account.account));
  const [isInviting, { open, close }] = useDisclosure();
  const isUser = (id: string) => users.some((user) => user.id === id);
  return (
    <FieldFrame {...props}>
      <Controller
        control={control}
        name={name}
        render={({ field: { value, onChange }, fieldState }) => (
          <>
            {value
              .filter((id) => !isUser(id))
              .map((id) => (
                <NoUser
                  key={id}
                  person={props.people.find((one) => one.id === id)}
                  onTakeOut={() => {
                    onChange(value.filter((one) => one !== id));
                    clearErrors(name);
                    document.getElementById(`field-${props.field}`)?.focus();
                  }}
                />
              ))}
            <Checkbox.Group value={value} onChange={onChange} error={errorText(fieldState.error)}>
              <Stack gap="xs">
                {users.map((user) => (
                  <Checkbox key={user.id} name={name} value={user.id} label={labelOf(user)} />
                ))}
              </Stack>
            </Checkbox.Group>
          </>
        )}
      />
      <Button variant="light" size="xs" style={{ alignSelf: 'flex-start' }} onClick={open}>
        {t('invite.button')}
      </Button>
      <Modal
        opened={isInviting}
        onClose={close}
        title={t('invite.title')}
        closeButtonProps={{ 'aria-label': t('invite.close') }}
      >
        <Text size="sm" c="dimmed" mb="md">
          {t('invite.text')}
        </Text>
        <Suspense fallback={<Loading />}>
          <InviteForm />
        </Suspense>
      </Modal>
    </FieldFrame>
  );
}

interface NoUserProps {
  /** Undefined when nobody knows any more who that was. */
  readonly person: Mailbox | undefined;
  readonly onTakeOut: () => void;
}

/** Somebody who was chosen and has no access any more. They are told nothing, and stand in the way of a save. */
function NoUser({ person, onTakeOut }: NoUserProps) {
  const { t } = useTranslation('contactInformation');
  const who = person === undefined ? t('noUser.somebody') : labelOf(person);
  return (
    <Group gap="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('noUser.text', { who })}
      </Text>
      <Button
        size="xs"
        variant="default"
        name={name}
        onClick={onTakeOut}
        aria-label={t('noUser.takeOutWho', { who })}
      >
        {t('noUser.takeOut')}
      </Button>
    </Group>
  );
}

const labelOf = ({ name, email }: Mailbox): string => (name === undefined ? email : `${name} (${email})`);
