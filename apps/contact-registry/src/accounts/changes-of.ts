import { isDeepStrictEqual } from 'node:util';
import { contactFields, type ContactField, type FieldChange, type PortalUser } from '@signalbox/contracts';
import type { AccountDocument } from './account-document.js';

const facts = [
  'name',
  'integrationType',
  'locale',
  'owner',
  'acknowledgeWithinMinutes',
  'launched',
] as const satisfies readonly (keyof AccountDocument)[];

/** What of an account a change may set; the rest is counters and the outbox. */
export type AccountContent = Pick<AccountDocument, (typeof facts)[number] | 'users' | 'information'>;

/**
 * Field by field what a change makes of an account, in a fixed order: facts, users one by one, the contact fields.
 * @param before the account as it stands; nothing for one that is being made.
 */
export function changesOf(before: Partial<AccountContent>, set: Partial<AccountContent>): FieldChange[] {
  return [
    ...facts.filter((fact) => fact in set).map((fact) => fieldChange(fact, before[fact], set[fact])),
    ...(set.users === undefined ? [] : userChanges(before.users ?? [], set.users)),
    ...(set.information === undefined
      ? []
      : contactFields.map((field) =>
          fieldChange(field, before.information?.[field], set.information?.[field]),
        )),
  ].filter((change) => !isDeepStrictEqual(change.before, change.after));
}

/** The names of the fields, each once. */
export const changedFields = (changes: readonly FieldChange[]): string[] => [
  ...new Set(changes.map(({ field }) => field)),
];

/** Whether one of the seven fields changes, and so the ETag. */
export const editsInformation = (changes: readonly FieldChange[]): boolean =>
  changes.some(({ field }) => contactFields.includes(field as ContactField));

const fieldChange = (field: string, before: unknown, after: unknown): FieldChange => ({
  field,
  before: before ?? null,
  after: after ?? null,
});

function userChanges(before: readonly PortalUser[], after: readonly PortalUser[]): FieldChange[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const byId = (users: readonly PortalUser[], id: string) => users.find((user) => user.id === id);
  return ids.map((id) => fieldChange('users', byId(before, id), byId(after, id)));
}
