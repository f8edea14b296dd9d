import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../shell/use-account.js';
import { InviteForm } from './invite-form.js';
import { invitationsQuery, usersQuery } from './queries.js';

/** Who has access, who was invited, and the way to invite; in the gate and on the page. */
export function UsersPanel() {
  const { t } = useTranslation('users');
  const { account } = useAccount();
  const { data: users } = useSuspenseQuery(usersQuery(account.account));
  const { data: invitations } = useSuspenseQuery(invitationsQuery(account.account));
  const open = invitations.filter(({ state }) => state === 'open');
  return (
    <Stack gap="xl">
      <section>
        <Title order={2} mb="sm">
          {t('inviteTitle')}
        </Title>
        <InviteForm />
      </section>
      <section>
        <Title order={2} mb="sm">
          {t('have')}
        </Title>
        <Stack gap="xs" role="list">
          {users.map(({ id, name, email, role }) => (
            <Person
              key={id}
              name={name ?? email}
              note={name === undefined ? undefined : email}
              badge={t(`roles.${role}`)}
            />
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} mb="sm">
          {t('invitedTitle')}
        </Title>
        {open.length === 0 && <Text c="dimmed">{t('nobodyInvited')}</Text>}
        <Stack gap="xs" role="list">
          {open.map(({ id, email, role }) => (
            <Person key={id} name={email} badge={t(`roles.${role}`)} />
          ))}
        </Stack>
      </section>
    </Stack>
  );
}

interface PersonProps {
  readonly name: string;
  readonly note?: string | undefined;
  readonly badge: string;
}

const Person = ({ name, note, badge }: PersonProps) => (
  <Group role="listitem" justify="space-between" wrap="nowrap">
    <Text style={{ overflowWrap: 'anywhere' }}>
      {name}
      {note !== undefined && (
        <Text span c="dimmed">
          {' '}
          {note}
        </Text>
      )}
    </Text>
    <Badge variant="light" style={{ flexShrink: 0 }}>
      {badge}
    </Badge>
  </Group>
);
