import { contactFields, isErasedAddress, type ContactField, type SupportRange } from '@signalbox/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../../shell/use-account.js';
import { usersQuery } from '../../users/queries.js';
import type { Item } from './change-lines.js';

interface ItemTexts {
  /** What a field is called; of one that is newer than this page its name. */
  readonly fieldName: (field: string) => string;
  readonly itemText: (item: Item | undefined) => string;
}

/** The third of January 2000 was a Monday. */
const aMonday = Date.UTC(2000, 0, 3);
const dayMs = 86_400_000;
const weekdayPlaces = { mon: 0, tue: 1, wed: 2, thu: 3, fri: 4, sat: 5, sun: 6 } as const satisfies Record<
  SupportRange['days'][number],
  number
>;

/** Writes what a change was about in the reader's language. */
export function useItemText(): ItemTexts {
  const { t, i18n } = useTranslation(['history', 'contactInformation', 'users', 'events']);
  const { account } = useAccount();
  const { data: users = [] } = useQuery(usersQuery(account.account));
  const { language } = i18n;

  const isContactField = (field: string): field is ContactField => contactFields.some((one) => one === field);
  const dayName = (day: keyof typeof weekdayPlaces): string =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
      aMonday + dayMs * weekdayPlaces[day],
    );
  const rangeText = ({ days, opens, closes, timeZone }: SupportRange): string =>
    `${days.map(dayName).join(', ')} ${opens}–${closes} (${timeZone.replaceAll('_', ' ')})`;
  const dateText = (date: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    );
  const userText = (id: string): string => {
    const user = users.find((one) => one.id === id);
    return user === undefined ? t('formerUser') : (user.name ?? user.email);
  };

  return {
    fieldName: (field) => {
      if (isContactField(field)) return t(`contactInformation:fields.${field}.title`);
      return i18n.exists(`facts.${field}`, { ns: 'history' }) ? t(`facts.${field as 'name'}`) : field;
    },
    itemText: (item) => {
      switch (item?.is) {
        case undefined:
          return '';
        case 'text':
          return item.text;
        case 'address':
          return isErasedAddress(item.address) ? t('events:erased') : item.address;
        case 'user':
          return userText(item.id);
        case 'range':
          return rangeText(item.range);
        case 'date':
          return dateText(item.date);
        case 'role':
          return t(`users:roles.${item.role}`);
        case 'language':
          return new Intl.DisplayNames(language, { type: 'language' }).of(item.tag) ?? item.tag;
        case 'integrationType':
          return i18n.exists(`integrationTypes.${item.id}`, { ns: 'history' })
            ? t(`integrationTypes.${item.id as 'ordering'}`)
            : item.id;
      }
    },
  };
}
