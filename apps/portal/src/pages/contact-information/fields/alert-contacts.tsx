import { Checkbox, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Controller, useFormContext } from 'react-hook-form';
import { usersQuery } from '../../users/queries.js';
import type { ContactDraft } from '../draft.js';
import type { ContactFieldProps } from './contact-field-props.js';
import { FieldFrame } from './field-frame.js';

/** Portal users of the account; addresses that belong to nobody here cannot be typed in. */
export function AlertContacts(props: ContactFieldProps) {
  const { control } = useFormContext<ContactDraft>();
  const { data: users } = useSuspenseQuery(usersQuery(props.account.account));
  return (
    <FieldFrame field="alertContacts" {...props}>
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
    </FieldFrame>
  );
}
