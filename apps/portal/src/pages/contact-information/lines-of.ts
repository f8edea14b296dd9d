import { type ContactField, type ContactInformation } from '@signalbox/contracts';
import { rangeText } from './weekday-name.js';

/** Somebody by id and address. */
export interface Mailbox {
  readonly id: string;
  readonly email: string;
  readonly name?: string | undefined;
}

/** Those of today, and those of before who are none of them any more. */
export const peopleOf = (today: readonly Mailbox[], before: readonly Mailbox[]): Mailbox[] => [
  ...today,
  ...before.filter(({ id }) => !today.some((one) => one.id === id)),
];

/** What stands in a field, a line for each entry, for who compares two versions. */
export function linesOf(
  information: ContactInformation,
  field: ContactField,
  users: readonly Mailbox[],
  language: string,
): string[] {
  switch (field) {
    case 'alertContacts': {
      const ids = information.alertContacts?.userIds ?? [];
      return ids.map((id) => users.find((user) => user.id === id)?.email ?? id);
    }
    case 'operationalShared': {
      const { operationalShared } = information;
      return operationalShared === undefined ? [] : [lineOf(operationalShared)];
    }
    case 'operationalSupport': {
      const { hours = [], closedDates = [] } = information.operationalSupport ?? {};
      const ranges = hours.map((range) => `${rangeText(language, range)} ${range.timeZone}`);
      return [...ranges, ...(closedDates.length > 0 ? [`✕ ${closedDates.join(', ')}`] : [])];
    }
    case 'technicalEmergency':
    case 'technicalNonEmergency':
    case 'merchantIssues':
    case 'operationalInternal':
      return (information[field]?.addresses ?? []).map(lineOf);
  }
}

const lineOf = ({ email, label }: { readonly email: string; readonly label?: string | undefined }): string =>
  label === undefined ? email : `${email} (${label})`;
