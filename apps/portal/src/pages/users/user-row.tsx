import { Badge } from '@mantine/core';
import type { PortalUser } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem-error.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { useAccount } from '../../shell/use-account.js';
import { baseUrl } from '../../served-page.js';
import { LanguageSelect } from './language-select.js';
import { removeUser } from './queries.js';
import { RoleSelect } from './role-select.js';
import { Row } from './row.js';
import { useUsersChanged } from './use-users-changed.js';

interface UserRowProps {
  readonly user: PortalUser;
  readonly isAlertContact: boolean;
}

/** Somebody who has access. Admins change roles and remove; everybody chooses the language of their own mails. */
export function UserRow({ user, isAlertContact }: UserRowProps) {
  const { t } = useTranslation('users');
  const { account } = useAccount();
  const changed = useUsersChanged();
  const { id, email, role } = user;
  const name = user.name ?? email;
  const isSelf = id === account.user;
  const isAdmin = account.role === 'admin';
  const removal = isSelf ? 'selfText' : isAlertContact ? 'alertContactText' : 'text';
  return (
    <Row
      name={name}
      note={user.name === undefined ? undefined : email}
      marks={
        <>
          {isSelf && <Mark color="gray">{t('you')}</Mark>}
          {isAlertContact && <Mark color="blue">{t('alertContact')}</Mark>}
          {!isAdmin && <Mark color="signal">{t(`roles.${role}`)}</Mark>}
        </>
      }
    >
      {isSelf && <LanguageSelect user={user} />}
      {isAdmin && <RoleSelect user={user} />}
      {isAdmin && (
        <ConfirmButton
          label={t('remove.label')}
          name={t('remove.name', { name })}
          title={t('remove.title', { name })}
          text={t(`remove.${removal}`)}
          confirm={t('remove.label')}
          action={async () => {
            await removeUser(account.account, id);
            // Nothing of this account is theirs to read any more.
            if (isSelf) location.assign(baseUrl);
            else await changed();
          }}
          errorText={(error) => (isAboutAlertContacts(error) ? t('remove.lastAlertContact') : undefined)}
        />
      )}
    </Row>
  );
}

const isAboutAlertContacts = (error: unknown): boolean =>
  error instanceof ProblemError && error.errors.some(({ pointer }) => pointer.startsWith('/alertContacts'));

const Mark = ({ color, children }: { readonly color: string; readonly children: string }) => (
  <Badge color={color}>{children}</Badge>
);
