import { Button, Checkbox, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../components/loading.js';
import { usersQuery } from '../../users/queries.js';
import type { ContactDraft } from '../draft.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

const InviteForm = lazy(async () => ({ default: (await import('../../users/invite-form.js')).InviteForm }));

/** Portal users of the account; addresses that belong to nobody here cannot be typed in. */
export function AlertContacts(props: ContactFieldProps) {
  const { t } = useTranslation('contactInformation');
  const { control } = useFormContext<ContactDraft>();
  const { data: users } = useSuspenseQuery(usersQuery(props.account.account));
  const [isInviting, { open, close }] = useDisclosure();
  return (
    <FieldFrame {...props}>
      <Controller
        control={control}
        name="alertContacts.userIds"
        render={({ field: { value, onChange } }) => (
          <Checkbox.Group value={value} onChange={onChange}>
            <Stack gap="xs">
              {users.map(({ id, name, email }) => (
                <Checkbox key={id} value={id} label={name === undefined ? email : `${name} (${email})`} />
              ))}
            </Stack>
          </Checkbox.Group>
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
