import { Badge, Button, Code, Group, Paper, Stack, Text, Title, type MantineColor } from '@mantine/core';
import type { AddressField, AddressState, AddressView } from '@signalbox/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../components/loading.js';
import { Moment } from '../../../components/moment.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { useAccount } from '../../../shell/use-account.js';
import { AddressConfirmation } from './address-confirmation.js';
import { addressesQuery, sendTestMail } from './queries.js';

/** What is known of every address that is saved, field by field, and the ways to know more. */
export function AddressesPanel() {
  const { t } = useTranslation('history');
  const { account } = useAccount();
  const { data, error, refetch } = useQuery(addressesQuery(account.account));
  const fields = [...new Set((data ?? []).map(({ field }) => field))];
  return (
    <section>
      <Title order={2}>{t('addresses.title')}</Title>
      <Text c="dimmed" mb="md">
        {t('addresses.text')}
      </Text>
      {data === undefined &&
        (error === null ? <Loading /> : <ProblemAlert error={error} onTryAgain={() => void refetch()} />)}
      {data?.length === 0 && <Text c="dimmed">{t('addresses.none')}</Text>}
      <Stack>
        {fields.map((field) => (
          <FieldOfAddresses
            key={field}
            field={field}
            addresses={(data ?? []).filter((address) => address.field === field)}
          />
        ))}
      </Stack>
    </section>
  );
}

interface FieldOfAddressesProps {
  readonly field: AddressField;
  readonly addresses: readonly AddressView[];
}

function FieldOfAddresses({ field, addresses }: FieldOfAddressesProps) {
  const { t } = useTranslation(['history', 'contactInformation']);
  const { account } = useAccount();
  const client = useQueryClient();
  const title = t(`contactInformation:fields.${field}.title`);
  const testing = useMutation({
    mutationFn: () => sendTestMail(account.account, field),
    onSuccess: () => client.invalidateQueries(addressesQuery(account.account)),
  });
  return (
    <Paper withBorder radius="lg" p="lg">
      <Group justify="space-between" mb="sm">
        <Title order={3} size="h4">
          {title}
        </Title>
        <Button
          size="xs"
          variant="default"
          aria-label={t('addresses.testFor', { field: title })}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {t('addresses.test')}
        </Button>
      </Group>
      {testing.isError && <ProblemAlert error={testing.error} />}
      <Text role="status" size="sm" c="dimmed">
        {testing.isSuccess ? t('addresses.testSent', { count: testing.data.body.mails }) : ''}
      </Text>
      <Stack gap="md" role="list">
        {addresses.map((address) => (
          <KnownAddress key={address.email} address={address} />
        ))}
      </Stack>
    </Paper>
  );
}

const colors = {
  unconfirmed: 'gray',
  confirmed: 'signal',
  stale: 'orange',
  bouncing: 'red',
} as const satisfies Record<AddressState, MantineColor>;

function KnownAddress({ address }: { readonly address: AddressView }) {
  const { t } = useTranslation('history');
  const { email, label, state, confirmedAt, lastAcceptedAt, bouncedAt, lastTest } = address;
  return (
    <Group role="listitem" justify="space-between" align="flex-start" gap="sm">
      <div style={{ flex: '1 1 16rem', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Group gap="4px 8px">
          <Text fw={600}>{email}</Text>
          {label !== undefined && <Text c="dimmed">{label}</Text>}
          <Badge color={colors[state]}>{t(`addresses.states.${state}`)}</Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`addresses.stateTexts.${state}`)}
        </Text>
        <Fact name={t('addresses.confirmedAt')} at={confirmedAt} />
        <Fact name={t('addresses.lastAccepted')} at={lastAcceptedAt} />
        <Fact name={t('addresses.bouncedAt')} at={bouncedAt} />
        {lastTest !== null && <LastTest test={lastTest} />}
      </div>
      {state !== 'confirmed' && <AddressConfirmation email={email} />}
    </Group>
  );
}

function LastTest({ test: { outcome, at, reply } }: { readonly test: NonNullable<AddressView['lastTest']> }) {
  const { t } = useTranslation('history');
  return (
    <Text size="sm" c="dimmed" component="div">
      {t('addresses.lastTest')} {t(`addresses.tests.${outcome}`)} · <Moment at={at} />
      {reply !== undefined && (
        <>
          {' '}
          {t('addresses.reply')} <Code>{reply}</Code>
        </>
      )}
    </Text>
  );
}

const Fact = ({ name, at }: { readonly name: string; readonly at: string | null }) =>
  at === null ? null : (
    <Text size="sm" c="dimmed">
      {name} <Moment at={at} />
    </Text>
  );
