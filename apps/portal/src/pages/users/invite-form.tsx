import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { NewPortalUser, UserRole } from '@signalbox/contracts';
import { mayInvite } from '@signalbox/domain';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { schemaResolver, useErrorText } from '../../components/form-errors.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useAccount } from '../../shell/use-account.js';
import { invitationsQuery, invite } from './queries.js';

interface InviteDraft {
  email: string;
  role: UserRole;
}

/** Whom this user may bring in; nothing where that is nobody. */
export function InviteForm() {
  const { t } = useTranslation('users');
  const errorText = useErrorText();
  const { account, environment } = useAccount();
  const client = useQueryClient();
  const isGateOpen = account.environments[environment].ready;
  const roles = UserRole.options.filter((role) => mayInvite(account.role, role, isGateOpen));
  const inviting = useMutation({
    mutationFn: ({ email, role }: InviteDraft) =>
      invite({ account: account.account, environment, email, role }),
    onSuccess: () => client.invalidateQueries(invitationsQuery(account.account)),
  });
  const { register, handleSubmit, formState, reset } = useForm<InviteDraft>({
    defaultValues: { email: '', role: 'member' },
    resolver: schemaResolver<InviteDraft>(NewPortalUser),
  });
  if (roles.length === 0) return <Text c="dimmed">{t('adminsInvite')}</Text>;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // What was said of the last invitation is not said of the next one, whether that is taken or not.
        inviting.reset();
        void handleSubmit((draft) => inviting.mutate(draft, { onSuccess: () => reset() }))(event);
      }}
    >
      <Stack>
        <Group align="flex-start" wrap="wrap">
          <TextInput
            flex="2 1 14rem"
            type="email"
            label={t('email')}
            error={errorText(formState.errors.email)}
            {...register('email')}
          />
          <Group flex="1 1 18rem" align="flex-end" wrap="wrap">
            <NativeSelect
              flex="1 1 8rem"
              label={t('role')}
              data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
              {...register('role')}
            />
            <Button type="submit" loading={inviting.isPending}>
              {t('invite')}
            </Button>
          </Group>
        </Group>
        {inviting.isError && <ProblemAlert error={inviting.error} />}
        <Text role="status" size="sm" c="dimmed">
          {inviting.isSuccess ? t('invited', { email: inviting.data.body.email }) : ''}
        </Text>
      </Stack>
    </form>
  );
}
