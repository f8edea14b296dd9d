import { Anchor, Text } from '@mantine/core';
import type { EventView } from '@signalbox/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../components/moment.js';
import './event-facts.css';
import { factsOf } from './facts-of.js';

/** What the sender said of the event, and under which name it sent it. */
export function EventFacts({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('events');
  const { severity, status, texts, instants, details, links, resolves } = factsOf(event.data);
  return (
    <dl className="event-facts">
      <Fact name={t('data.kind')}>{t(`kinds.${event.kind}`)}</Fact>
      <Fact name={t('data.time')}>
        <Moment at={event.time} isExact />
      </Fact>
      {severity && <Fact name={t('data.severity')}>{t(`severities.${severity}`)}</Fact>}
      {status && <Fact name={t('data.status')}>{t(`statuses.${status}`)}</Fact>}
      {texts.map(([name, text]) => (
        <Fact key={name} name={t(`data.${name}`)}>
          {text}
        </Fact>
      ))}
      {instants.map(([name, at]) => (
        <Fact key={name} name={t(`data.${name}`)}>
          <Moment at={at} />
        </Fact>
      ))}
      {details.map(([name, text]) => (
        <Fact key={`details ${name}`} name={name}>
          {text}
        </Fact>
      ))}
      {links.length > 0 && (
        <Fact name={t('data.links')}>
          {links.map(({ label, url }) => (
            <Text key={url}>
              <Anchor href={url} target="_blank" rel="noreferrer">
                {label}
              </Anchor>
            </Text>
          ))}
        </Fact>
      )}
      {resolves && <Fact name={t('data.resolves')}>{resolves.id}</Fact>}
      <Fact name={t('data.id')}>{event.id}</Fact>
      <Fact name={t('data.source')}>{event.source}</Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
