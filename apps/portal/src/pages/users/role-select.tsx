import { NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserRole, type PortalUser } from '@signalbox/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useProblemText } from '../../components/use-problem-text.js';
import { useAccount } from '../../shell/use-account.js';
import { changeUser } from './queries.js';
import { useUsersChanged } from './use-users-changed.js';

/** As what somebody has access. Who gives up their own rights is asked first: they could not take them back. */
export function RoleSelect({ user }: { readonly user: PortalUser }) {
  const { t } = useTranslation('users');
  const problemText = useProblemText();
  const { account } = useAccount();
  const changed = useUsersChanged();
  const [isAsking, { open, close }] = useDisclosure();
  const { mutate, mutateAsync, isPending, error } = useMutation({
    mutationFn: async (role: UserRole) => {
      await changeUser(account.account, user.id, { role });
      await changed();
    },
  });
  const choose = (role: UserRole) => (user.id === account.user && role !== 'admin' ? open() : mutate(role));
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('roleOf', { name: user.name ?? user.email })}
        value={user.role}
        disabled={isPending}
        error={error === null ? undefined : problemText(error)}
        data={UserRole.options.map((value) => ({ value, label: t(`roles.${value}`) }))}
        onChange={({ currentTarget }) => choose(currentTarget.value as UserRole)}
      />
      <ConfirmDialog
        opened={isAsking}
        onClose={close}
        title={t('roleChange.title')}
        text={t('roleChange.text')}
        confirm={t('roleChange.confirm')}
        action={() => mutateAsync('member')}
      />
    </>
  );
}
