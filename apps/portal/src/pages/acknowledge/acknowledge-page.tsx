import { Stack, Text } from '@mantine/core';
import type { AcknowledgementPage } from '@signalbox/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CardPage } from '../../components/card-page.js';
import { Loading } from '../../components/loading.js';
import { PageHead } from '../../components/page-head.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { timeIn } from '../../components/time-in.js';
import { useLinkToken } from '../../components/use-link-token.js';
import { SayIAmOnIt } from './say-i-am-on-it.js';
import { acknowledgementQuery } from './queries.js';

/** Where the link in the mail of an emergency leads. Looking at it changes nothing: mail scanners do that too. */
export function AcknowledgePage() {
  const { t } = useTranslation('acknowledge');
  const token = useLinkToken();
  if (token !== undefined) return <Emergency token={token} />;
  return (
    <CardPage>
      <PageHead title={t('title')} lead={t('incomplete')} />
    </CardPage>
  );
}

function Emergency({ token }: { readonly token: string }) {
  const { t } = useTranslation('acknowledge');
  const { data, error, refetch } = useQuery(acknowledgementQuery(token));
  return (
    <CardPage>
      <PageHead title={data?.title ?? t('title')} />
      {error && <ProblemAlert error={error} onTryAgain={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Question token={token} about={data} />}
    </CardPage>
  );
}

function Question({ token, about }: { readonly token: string; readonly about: AcknowledgementPage }) {
  const { t, i18n } = useTranslation(['acknowledge', 'shared']);
  const { accountName, environment, happenedAt, acknowledged, isNameNeeded } = about;
  return (
    <Stack mt="md">
      <Text c="dimmed">
        {[
          accountName,
          t(`shared:environment.${environment}`),
          timeIn(i18n.language, happenedAt, { isExact: true }),
        ].join(' · ')}
      </Text>
      <SayIAmOnIt token={token} isNameNeeded={isNameNeeded} acknowledged={acknowledged} />
    </Stack>
  );
}
