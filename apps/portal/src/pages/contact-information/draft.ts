import {
  type ContactAddress,
  type ContactField,
  type ContactInformation,
  type SupportRange,
} from '@signalbox/contracts';
import { toStored } from './support-ranges.js';

interface AddressRow {
  email: string;
  label: string;
}

/** The contact information as the form holds it: nothing is left out, and rows may be blank. */
export interface ContactDraft {
  alertContacts: { userIds: string[] };
  technicalEmergency: { addresses: AddressRow[] };
  technicalNonEmergency: { addresses: AddressRow[] };
  merchantIssues: { addresses: AddressRow[] };
  operationalInternal: { addresses: AddressRow[] };
  operationalShared: AddressRow & { isBrandSupportAlias: boolean };
  operationalSupport: { hours: SupportRange[]; closedDates: string[] };
}

/** The fields that hold a list of addresses. */
export const addressFields = [
  'technicalEmergency',
  'technicalNonEmergency',
  'merchantIssues',
  'operationalInternal',
] as const satisfies readonly ContactField[];
export type AddressField = (typeof addressFields)[number];

export const blankRow: AddressRow = { email: '', label: '' };

/** What the form starts with; a list that is empty shows one blank row. */
export function toDraft(information: ContactInformation): ContactDraft {
  const rows = (field: AddressField) => {
    const known = information[field]?.addresses ?? [];
    return { addresses: known.length === 0 ? [blankRow] : known.map(toRow) };
  };
  const { operationalShared, operationalSupport } = information;
  return {
    alertContacts: { userIds: [...(information.alertContacts?.userIds ?? [])] },
    technicalEmergency: rows('technicalEmergency'),
    technicalNonEmergency: rows('technicalNonEmergency'),
    merchantIssues: rows('merchantIssues'),
    operationalInternal: rows('operationalInternal'),
    operationalShared: {
      ...toRow(operationalShared),
      isBrandSupportAlias: operationalShared?.isBrandSupportAlias ?? false,
    },
    operationalSupport: {
      hours: [...(operationalSupport?.hours ?? [])],
      closedDates: [...(operationalSupport?.closedDates ?? [])],
    },
  };
}

/**
 * What the form says, in the fields that the environment offers. Blank rows are nothing; a field without anything is left out.
 */
export function fromDraft(draft: ContactDraft, offered: readonly ContactField[]): ContactInformation {
  const lists = addressFields.map((field) => [
    field,
    { addresses: filled(draft[field].addresses).map(toAddress) },
  ]);
  const { alertContacts, operationalShared, operationalSupport } = draft;
  const hours = operationalSupport.hours.map(toStored);
  const closedDates = operationalSupport.closedDates.filter((date) => !isNoDate(date));
  const whole = {
    alertContacts,
    ...(Object.fromEntries(lists) as Pick<ContactInformation, AddressField>),
    ...(!isBlank(operationalShared) && {
      operationalShared: {
        ...toAddress(operationalShared),
        isBrandSupportAlias: operationalShared.isBrandSupportAlias,
      },
    }),
    ...((hours.length > 0 || closedDates.length > 0) && {
      operationalSupport: { hours, ...(closedDates.length > 0 && { closedDates }) },
    }),
  } satisfies ContactInformation;
  return Object.fromEntries(
    Object.entries(whole).filter(
      ([field, value]) => offered.some((one) => one === field) && !isNothing(value),
    ),
  );
}

/**
 * Where in the form an error belongs that points into what `fromDraft` made of it.
 * @returns the form's path; a field as a whole is the place of its first input.
 */
export function placeInForm(pointer: string, draft: ContactDraft): string {
  const [field = '', list = '', place, ...rest] = pointer.slice(1).split('/');
  const addresses = addressFields.find((one) => one === field);
  if (addresses !== undefined && list === 'addresses') {
    const row = place === undefined ? 0 : rowOf(Number(place), draft[addresses].addresses.map(isBlank));
    return [field, list, row, ...(rest.length === 0 ? ['email'] : rest)].join('.');
  }
  // The users are ticked in one group.
  if (list === 'userIds') return `${field}.${list}`;
  if (list === 'closedDates' && place !== undefined) {
    return [field, list, rowOf(Number(place), draft.operationalSupport.closedDates.map(isNoDate))].join('.');
  }
  return pointer.slice(1).replaceAll('/', '.');
}

/** The row that an entry of the list came from, once the blank ones were left out. */
const rowOf = (entry: number, areBlank: readonly boolean[]): number =>
  areBlank.flatMap((isLeftOut, row) => (isLeftOut ? [] : [row]))[entry] ?? 0;

const isNoDate = (date: string): boolean => date === '';

const toRow = (address: ContactAddress | undefined): AddressRow => ({
  email: address?.email ?? '',
  label: address?.label ?? '',
});

const toAddress = ({ email, label }: AddressRow): ContactAddress => ({
  email: email.trim(),
  ...(label.trim() !== '' && { label: label.trim() }),
});

const isBlank = ({ email, label }: AddressRow): boolean => email.trim() === '' && label.trim() === '';
const filled = (rows: readonly AddressRow[]): AddressRow[] => rows.filter((row) => !isBlank(row));

const isNothing = (value: object): boolean => {
  const lists = Object.values(value).filter((part) => Array.isArray(part));
  return lists.length > 0 && lists.every((list: readonly unknown[]) => list.length === 0);
};
