import { Code, Stack, Text } from '@mantine/core';
import type { EventView } from '@signalbox/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../components/moment.js';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useWhoSaid } from '../acknowledge/use-who-said.js';
import './event-timeline.css';
import { timelineOf, type MailEntry, type RoundEntry, type TimelineEntry } from './timeline.js';
import { useWords } from './use-words.js';

/** What became of an event, step by step in plain sentences. */
export function EventTimeline({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('events');
  return (
    <>
      <ol className="event-timeline">
        {timelineOf(event).map((entry, index) => (
          <li key={index} data-tone={entry.tone}>
            <Text size="sm" c="dimmed">
              <Moment at={entry.at} isExact />
            </Text>
            <Stack gap={4}>
              <Step entry={entry} event={event} />
            </Stack>
          </li>
        ))}
      </ol>
      {event.notes.map((note) => (
        <Text key={note} size="sm" c="dimmed" mt="sm">
          {t(`notes.${note}`)}
        </Text>
      ))}
    </>
  );
}

function Step({ entry, event }: { readonly entry: TimelineEntry; readonly event: EventView }) {
  const { t } = useTranslation('events');
  const { reason, repeat } = useWords();
  const whoSaid = useWhoSaid();
  switch (entry.what) {
    case 'happened':
    case 'accepted':
      return <Text>{t(`timeline.${entry.what}`)}</Text>;
    case 'round':
      return <RoundStep entry={entry} event={event} />;
    case 'acknowledged':
      return <Text>{t('timeline.acknowledged', { by: whoSaid(entry.by) })}</Text>;
    case 'duplicate':
    case 'conflict':
      return (
        <>
          <Text>{t(`timeline.${entry.what}`)}</Text>
          <Small>{repeat(entry.reason)}</Small>
        </>
      );
    case 'sent':
    case 'refused':
    case 'expired':
    case 'superseded':
    case 'notTold':
    case 'putOff':
    case 'takenOver':
    case 'bounced':
      return <MailStep entry={entry} reason={reason} />;
  }
}

interface RoundStepProps {
  readonly entry: RoundEntry;
  readonly event: EventView;
}

/** A decision: which rule, who is told by it and why, and who was passed over. */
function RoundStep({ entry, event }: RoundStepProps) {
  const { t } = useTranslation('events');
  const { field, who, reason } = useWords();
  const { passedOver, wasDueAt } = entry;
  const { because, recipients, contactVersion } = entry.round;
  const words = { kind: t(`kinds.${event.rule}`), field: field(event.category) };
  return (
    <>
      <Text>{t(`rounds.${because}`, words)}</Text>
      {wasDueAt !== undefined && (
        <Small>
          {t('timeline.wasDue')} <Moment at={wasDueAt} isExact />
        </Small>
      )}
      {event.reason !== null && <Text>{t('timeline.suppressed')}</Text>}
      {passedOver.map(({ step, reason: why }) => (
        <Small key={step}>{t(`passed.${why}`, { field: field(step) })}</Small>
      ))}
      <ul className="event-timeline-recipients">
        {recipients.map((recipient) => (
          <li key={recipient.delivery}>
            <Text span fw={600}>
              {who(recipient)}
            </Text>{' '}
            <Text span size="sm" c="dimmed">
              {recipient.suppressed === null
                ? t(`why.${recipient.why}`, { field: field(recipient.step) })
                : reason(recipient.suppressed)}
            </Text>
          </li>
        ))}
      </ul>
      {contactVersion !== null && (
        <Small>
          <RouterAnchor to={pages.contactHistory.path} hash={`version-${contactVersion}`} inherit>
            {t('timeline.version', { version: contactVersion })}
          </RouterAnchor>
        </Small>
      )}
    </>
  );
}

interface MailStepProps {
  readonly entry: MailEntry;
  readonly reason: (code: string) => string;
}

function MailStep({ entry, reason }: MailStepProps) {
  const { t } = useTranslation('events');
  const { who } = useWords();
  const { what, delivery, count, isAmbiguous, reply, nextTryAt } = entry;
  return (
    <>
      <Text>{t(`timeline.${what}`, { who: who(delivery), count })}</Text>
      {entry.reason !== undefined && <Small>{reason(entry.reason)}</Small>}
      {isAmbiguous && <Small>{t('timeline.perhapsTwice')}</Small>}
      {nextTryAt !== undefined && (
        <Small>
          {t('timeline.nextTry')} <Moment at={nextTryAt} isExact />
        </Small>
      )}
      {reply !== undefined && (
        <Small>
          {t('timeline.reply')} <Code className="event-timeline-reply">{reply}</Code>
        </Small>
      )}
    </>
  );
}

const Small = ({ children }: { readonly children: ReactNode }) => (
  <Text size="sm" c="dimmed" component="div">
    {children}
  </Text>
);
