import { Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { alertContactsQuery } from '../../api/account-contacts.js';
import { useAccount } from '../../shell/use-account.js';
import { InvitationRow } from './invitation-row.js';
import { InviteForm } from './invite-form.js';
import { invitationsQuery, usersQuery } from './queries.js';
import { UserRow } from './user-row.js';

/** Who has access, who was invited, and the way to invite; in the gate and on the page. */
export function UsersPanel() {
  const { t } = useTranslation('users');
  const { account } = useAccount();
  const { data: users } = useSuspenseQuery(usersQuery(account.account));
  const { data: invitations } = useSuspenseQuery(invitationsQuery(account.account));
  const { data: alertContacts = [] } = useQuery(alertContactsQuery(account.account));
  const pending = invitations.filter(({ state }) => state === 'open' || state === 'expired');
  return (
    <Stack gap="xl">
      <Section title={t('inviteTitle')}>
        <InviteForm />
      </Section>
      <Section title={t('have')}>
        <Stack gap="md" role="list">
          {users.map((user) => (
            <UserRow key={user.id} user={user} isAlertContact={alertContacts.includes(user.id)} />
          ))}
        </Stack>
      </Section>
      <Section title={t('invitedTitle')}>
        {pending.length === 0 && <Text c="dimmed">{t('nobodyInvited')}</Text>}
        <Stack gap="md" role="list">
          {pending.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </Stack>
      </Section>
    </Stack>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <Title order={2} mb="sm" tabIndex={-1} style={{ outline: 'none' }}>
      {title}
    </Title>
    {children}
  </section>
);
