import { contactFields, isErasedAddress, type ContactField } from '@signalbox/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../../shell/use-account.js';
import { usersQuery } from '../../users/queries.js';
import { rangeText } from '../weekday-name.js';
import type { Item } from './change-lines.js';

interface ItemTexts {
  /** What a field is called; of one that is newer than this page its name. */
  readonly fieldName: (field: string) => string;
  readonly itemText: (item: Item | undefined) => string;
}

/** Writes what a change was about in the reader's language. */
export function useItemText(): ItemTexts {
  const { t, i18n } = useTranslation(['history', 'contactInformation', 'users', 'events']);
  const { account } = useAccount();
  const { data: users = [] } = useQuery(usersQuery(account.account));
  const { language } = i18n;

  const isContactField = (field: string): field is ContactField => contactFields.some((one) => one === field);
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
          return `${rangeText(language, item.range)} (${item.range.timeZone.replaceAll('_', ' ')})`;
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
