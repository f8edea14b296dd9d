import { isErasedAddress, mailboxOf, withoutAddress } from '@signalbox/contracts';
import type { AccountContent } from '../accounts/changes-of.js';

/**
 * An account without an address: in no field, no user and no text. Also where that leaves a required field empty and the
 * account was launched: then the gate closes, and the category's chain answers.
 */
export function accountWithout(
  account: Pick<AccountContent, 'name' | 'owner' | 'users' | 'information'>,
  address: string,
  mask: string,
): Pick<AccountContent, 'name' | 'owner' | 'users' | 'information'> {
  const isIt = (email: string | null): boolean => email !== null && mailboxOf(email) === mailboxOf(address);
  const left = new Set(account.users.filter(({ email }) => isIt(email)).map(({ id }) => id));
  const { alertContacts, operationalShared, ...information } = account.information;
  const fields = Object.entries(information).map(([field, value]) => [
    field,
    'addresses' in value ? { addresses: value.addresses.filter(({ email }) => !isIt(email)) } : value,
  ]);
  const without = {
    name: account.name,
    owner: isIt(account.owner) ? null : account.owner,
    users: account.users.filter(({ id }) => !left.has(id)),
    information: {
      ...(Object.fromEntries(fields) as typeof information),
      ...(alertContacts && {
        alertContacts: { userIds: alertContacts.userIds.filter((id) => !left.has(id)) },
      }),
      ...(operationalShared && !isIt(operationalShared.email) && { operationalShared }),
    },
  };
  return withoutAddress(without, address, mask);
}

/** The users of an account who have the address. */
export const usersWith = ({ users }: Pick<AccountContent, 'users'>, address: string): string[] =>
  users.filter(({ email }) => mailboxOf(email) === mailboxOf(address)).map(({ id }) => id);

/** A value as the history may keep it: with the mask, and without the name or label of whom it stands for. */
export function forgotten<T>(value: T, address: string, mask: string): T {
  return withoutNames(withoutAddress(value, address, mask)) as T;
}

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const isNobody = 'email' in value && typeof value.email === 'string' && isErasedAddress(value.email);
  const kept = Object.entries(value).filter(([name]) => !isNobody || !['name', 'label'].includes(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNames(member)]));
}
