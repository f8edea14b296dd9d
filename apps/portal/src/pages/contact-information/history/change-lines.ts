import {
  AlertContacts,
  ContactAddresses,
  OperationalShared,
  PortalUser,
  SupportHours,
  type ContactAddress,
  type FieldChange,
  type SupportRange,
} from '@signalbox/contracts';
import type { z } from 'zod';

/** Something that a line is about; how it is written is for who knows the reader's language and the users. */
export type Item =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'address'; readonly address: string }
  | { readonly is: 'user'; readonly id: string }
  | { readonly is: 'range'; readonly range: SupportRange }
  | { readonly is: 'date'; readonly date: string }
  | { readonly is: 'role'; readonly role: PortalUser['role'] }
  | { readonly is: 'language'; readonly tag: string }
  | { readonly is: 'integrationType'; readonly id: string };

/** One sentence of what changed, in the words of the texts `lines.*`. */
export interface Line {
  readonly text:
    | ('added' | 'removed' | 'changed' | 'set' | 'cleared' | 'touched' | 'launched')
    | ('label' | 'noLabel' | 'role' | 'userEmail' | 'userName' | 'userLanguage')
    | ('aliasConfirmed' | 'aliasWithdrawn' | 'closedOn' | 'notClosedOn');
  readonly item?: Item;
  readonly before?: Item;
  readonly after?: Item;
}

/** What a change of one field did, line by line. What cannot be read any more is said to have changed, and no more. */
export function changeLines({ field, before, after }: FieldChange): Line[] {
  const lines = readers[field]?.(before, after);
  return lines === undefined || lines.length === 0 ? [{ text: 'touched' }] : lines;
}

type Reader = (before: unknown, after: unknown) => Line[] | undefined;

/** Reads both sides by a schema of contracts; null is nothing. */
const reading =
  <T>(schema: z.ZodType<T>, lines: (before: T | undefined, after: T | undefined) => Line[]): Reader =>
  (before, after) => {
    const [was, is] = [before, after].map((value) => schema.nullable().safeParse(value));
    if (was?.success !== true || is?.success !== true) return undefined;
    return lines(was.data ?? undefined, is.data ?? undefined);
  };

const addresses = reading(ContactAddresses, (before, after) =>
  addressLines(before?.addresses ?? [], after?.addresses ?? []),
);

/** How each field is read; the facts of an account stand here too, since its history is one. */
const readers: Readonly<Record<string, Reader>> = {
  alertContacts: reading(AlertContacts, (before, after) =>
    listLines(before?.userIds ?? [], after?.userIds ?? [], (id) => ({ is: 'user', id })),
  ),
  technicalEmergency: addresses,
  technicalNonEmergency: addresses,
  merchantIssues: addresses,
  operationalInternal: addresses,
  operationalShared: reading(OperationalShared, sharedLines),
  operationalSupport: reading(SupportHours, hoursLines),
  users: reading(PortalUser, userLines),
  launched: () => [{ text: 'launched' }],
  name: (before, after) => valueLines(before, after, text),
  acknowledgeWithinMinutes: (before, after) => valueLines(before, after, text),
  locale: (before, after) => valueLines(before, after, (tag) => ({ is: 'language', tag })),
  integrationType: (before, after) => valueLines(before, after, (id) => ({ is: 'integrationType', id })),
};

const text = (value: string): Item => ({ is: 'text', text: value });
const address = (email: string): Item => ({ is: 'address', address: email });

function valueLines(before: unknown, after: unknown, toItem: (value: string) => Item): Line[] {
  const [was, is] = [before, after].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? toItem(String(value)) : undefined,
  );
  if (was && is) return [{ text: 'changed', before: was, after: is }];
  return [
    ...(is ? [{ text: 'set', after: is } as const] : []),
    ...(was ? [{ text: 'cleared', before: was } as const] : []),
  ];
}

/** What came and what went, where each is one of a list. */
function listLines(
  before: readonly string[],
  after: readonly string[],
  toItem: (value: string) => Item,
): Line[] {
  return [
    ...after
      .filter((one) => !before.includes(one))
      .map((one) => ({ text: 'added', item: toItem(one) }) as const),
    ...before
      .filter((one) => !after.includes(one))
      .map((one) => ({ text: 'removed', item: toItem(one) }) as const),
  ];
}

function addressLines(before: readonly ContactAddress[], after: readonly ContactAddress[]): Line[] {
  const emails = (list: readonly ContactAddress[]) => list.map(({ email }) => email);
  return [
    ...listLines(emails(before), emails(after), address),
    ...after.flatMap(({ email, label }) => {
      const was = before.find((one) => one.email === email);
      return was === undefined ? [] : labelLines(email, was.label, label);
    }),
  ];
}

function labelLines(email: string, before: string | undefined, after: string | undefined): Line[] {
  if (before === after) return [];
  const item = address(email);
  return [after === undefined ? { text: 'noLabel', item } : { text: 'label', item, after: text(after) }];
}

function sharedLines(before: OperationalShared | undefined, after: OperationalShared | undefined): Line[] {
  const was = before?.isBrandSupportAlias ?? false;
  const is = after?.isBrandSupportAlias ?? false;
  return [
    ...(before?.email === after?.email ? [] : valueLines(before?.email, after?.email, address)),
    ...(before && after && before.email === after.email
      ? labelLines(after.email, before.label, after.label)
      : []),
    ...(after === undefined || was === is
      ? []
      : [{ text: is ? 'aliasConfirmed' : 'aliasWithdrawn' } as const]),
  ];
}

function hoursLines(before: SupportHours | undefined, after: SupportHours | undefined): Line[] {
  const keys = (hours: SupportHours | undefined) =>
    (hours?.hours ?? []).map((range) => JSON.stringify(range));
  const range = (key: string): Item => ({ is: 'range', range: JSON.parse(key) as SupportRange });
  const dates = (hours: SupportHours | undefined) => hours?.closedDates ?? [];
  const date = (day: string): Item => ({ is: 'date', date: day });
  const closed = listLines(dates(before), dates(after), date).map((line) => ({
    ...line,
    text: line.text === 'added' ? ('closedOn' as const) : ('notClosedOn' as const),
  }));
  return [...listLines(keys(before), keys(after), range), ...closed];
}

function userLines(before: PortalUser | undefined, after: PortalUser | undefined): Line[] {
  const called = ({ name, email }: PortalUser): Item => (name === undefined ? address(email) : text(name));
  if (before === undefined || after === undefined) {
    const user = after ?? before;
    return user === undefined ? [] : [{ text: after ? 'added' : 'removed', item: called(user) }];
  }
  const item = called(after);
  return [
    ...(before.role === after.role
      ? []
      : [{ text: 'role', item, after: { is: 'role', role: after.role } } as const]),
    ...(before.email === after.email
      ? []
      : [{ text: 'userEmail', item, after: address(after.email) } as const]),
    ...(before.name === after.name
      ? []
      : [{ text: 'userName', before: called(before), after: item } as const]),
    ...(before.language === after.language
      ? []
      : [{ text: 'userLanguage', item, after: { is: 'language', tag: after.language } } as const]),
  ];
}
