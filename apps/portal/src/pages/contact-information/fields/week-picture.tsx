import { Stack, Text } from '@mantine/core';
import { weekdays, type SupportHours } from '@signalbox/contracts';
import { isOpen, nextClosing, nextOpening, openPeriods } from '@signalbox/domain';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ownZone } from '../../../components/time-in.js';
import { useNow } from '../../../components/use-now.js';
import { weekdayName } from '../weekday-name.js';
import { turnTime } from './turn-time.js';
import './week-picture.css';

/** The week of today as the reader's own clock shows it, and whether anybody is there now. */
export function WeekPicture({ hours }: { readonly hours: SupportHours }) {
  const { t, i18n } = useTranslation('contactInformation');
  const now = useNow();
  const day = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const days = daysOfWeek(now).map(({ day: name, ...span }) => ({
    name,
    span,
    open: openPeriods(hours, span),
  }));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} role="status">
        {useOpenNow(hours, now)}
      </Text>
      <div className="week-picture">
        {days.map(({ name, span, open }) => (
          <Fragment key={name}>
            <Text size="xs" fw={isWithin(now, span) ? 700 : undefined}>
              {weekdayName(i18n.language, name)}
            </Text>
            <div
              className="week-picture-day"
              role="img"
              aria-label={
                open.length === 0
                  ? t('week.closed')
                  : open.map(({ from, until }) => day.formatRange(from, until)).join(', ')
              }
            >
              {open.map(({ from, until }) => (
                <div
                  key={from}
                  className="week-picture-open"
                  style={{
                    left: share(from, span),
                    width: `calc(${share(until, span)} - ${share(from, span)})`,
                  }}
                />
              ))}
              {isWithin(now, span) && (
                <div className="week-picture-now" style={{ left: share(now.getTime(), span) }} />
              )}
            </div>
          </Fragment>
        ))}
        <div className="week-picture-hours" aria-hidden>
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour}>{hourName(i18n.language, hour)}</span>
          ))}
        </div>
      </div>
      <Text size="xs" c="dimmed">
        {t('week.zone', { zone: ownZone().replaceAll('_', ' ') })}
      </Text>
    </Stack>
  );
}

function useOpenNow(hours: SupportHours, now: Date): string {
  const { t, i18n } = useTranslation('contactInformation');
  const open = isOpen(hours, now);
  const turn = open ? nextClosing(hours, now) : nextOpening(hours, now);
  if (turn === null) return t(open ? 'week.alwaysOpen' : 'week.neverOpen');
  return t(open ? 'week.openUntil' : 'week.closedUntil', { time: turnTime(i18n.language, now, turn) });
}

/** Monday to Sunday by the clock of this device; a day may have 23 or 25 hours. */
function daysOfWeek(now: Date) {
  const sinceMonday = (now.getDay() + 6) % 7;
  const midnight = (index: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday + index).getTime();
  return weekdays.map((day, index) => ({ day, from: midnight(index), until: midnight(index + 1) }));
}

interface Span {
  readonly from: number;
  readonly until: number;
}

const isWithin = (now: Date, { from, until }: Span): boolean =>
  from <= now.getTime() && now.getTime() < until;

const hourName = (language: string, hour: number): string =>
  new Intl.DateTimeFormat(language, { hour: 'numeric' }).format(new Date(2024, 0, 1, hour));

const share = (at: number, { from, until }: Span): string => `${(100 * (at - from)) / (until - from)}%`;
