import { Box, Paper, Skeleton, Text } from '@mantine/core';
import { eventKinds, type Preview } from '@signalbox/contracts';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useAccount } from '../../shell/use-account.js';
import { useWords } from '../events/use-words.js';
import { previewQuery } from './queries.js';
import './who-is-told.css';

/** For each kind of event who would be told of it now, and why. */
export function WhoIsTold() {
  const { t } = useTranslation(['overview', 'events']);
  const { account, environment } = useAccount();
  const previews = useQueries({
    queries: eventKinds.map((kind) => previewQuery(account.account, environment, kind)),
  });
  const failed = previews.filter(({ isError }) => isError);
  return (
    <>
      {failed[0] !== undefined && (
        <Box mb="md">
          <ProblemAlert
            error={failed[0].error}
            onTryAgain={() => failed.forEach((preview) => void preview.refetch())}
          />
        </Box>
      )}
      <Paper withBorder radius="lg" component="dl" className="who-is-told">
        {eventKinds.map((kind, place) => (
          <div key={kind}>
            <dt>
              <Text fw={600}>{t(`events:kinds.${kind}`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`when.${kind}`)}
              </Text>
            </dt>
            <dd>
              <Answer preview={previews[place]?.data} failed={previews[place]?.isError ?? false} />
            </dd>
          </div>
        ))}
      </Paper>
    </>
  );
}

interface AnswerProps {
  readonly preview: Preview | undefined;
  readonly failed: boolean;
}

function Answer({ preview, failed }: AnswerProps) {
  const { t } = useTranslation(['overview', 'events']);
  const { field, who, reason } = useWords();
  if (preview === undefined) {
    return failed ? <Text c="dimmed">{t('who.failed')}</Text> : <Skeleton h={22} w="70%" />;
  }
  const { suppressed, recipients, passedOver } = preview;
  if (suppressed !== null) {
    return (
      <>
        <Text fw={600}>{t('who.nobody')}</Text>
        <Small text={reason(suppressed)} />
      </>
    );
  }
  return (
    <>
      {[...new Set(recipients.map(({ step }) => step))].map((step) => (
        <div key={step}>
          {recipients
            .filter((recipient) => recipient.step === step)
            .map((recipient) => (
              <Text key={recipient.address}>{who(recipient)}</Text>
            ))}
          <Small text={field(step)} />
        </div>
      ))}
      {passedOver.map(({ step, reason: why }) => (
        <Small key={step} text={t(`events:passed.${why}`, { field: field(step) })} />
      ))}
    </>
  );
}

const Small = ({ text }: { readonly text: string }) => (
  <Text size="sm" c="dimmed">
    {text}
  </Text>
);
