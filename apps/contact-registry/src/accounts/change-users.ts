import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  mailboxOf,
  type ContactInformation,
  type InputError,
  type NewPortalUser,
  type PortalUser,
  type PortalUserChange,
} from '@signalbox/contracts';
import { checkContactInformation, takesLastAdmin } from '@signalbox/domain';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';
import type { ChangeAccount, Change, Decided, Outcome } from './change-account.js';

export type RemovalRefusal =
  | { readonly kind: 'no-such-user' | 'last-admin' }
  | { readonly kind: 'invalid'; readonly errors: readonly InputError[] };

export type UserChangeRefusal = 'no-such-user' | 'user-exists' | 'last-admin';

/** Who is a portal user of an account, and by that can be one of its alert contacts. */
export class ChangeUsers {
  constructor(private readonly accounts: Pick<ChangeAccount, 'execute'>) {}

  /**
   * @param userId the id that the user gets, where the caller has to know it before.
   * @returns the account with the user in it; `userId` says which one.
   */
  async add(
    account: string,
    user: NewPortalUser,
    asker: Asker,
    userId: string = randomUUID(),
  ): Promise<{ readonly outcome: Outcome<'user-exists'>; readonly userId: string }> {
    const outcome = await this.accounts.execute<'user-exists'>(account, (current) => {
      if (current.users.some(({ email }) => mailboxOf(email) === mailboxOf(user.email))) {
        return { kind: 'refused', why: 'user-exists' };
      }
      const { language = current.locale, ...others } = user;
      const added: PortalUser = { id: userId, language, ...others };
      return change({ users: [...current.users, added] }, asker);
    });
    return { outcome, userId };
  }

  /** What is told of a user who is an alert contact is a new version with them, so that a new address is in force as any other. */
  change(
    account: string,
    userId: string,
    wanted: PortalUserChange,
    asker: Asker,
  ): Promise<Outcome<UserChangeRefusal>> {
    return this.accounts.execute<UserChangeRefusal>(account, (current) => {
      const user = current.users.find(({ id }) => id === userId);
      if (user === undefined) return { kind: 'refused', why: 'no-such-user' };
      const changed: PortalUser = { ...user, ...wanted };
      if (isDeepStrictEqual(changed, user)) return { kind: 'unchanged' };
      const others = current.users.filter(({ id }) => id !== userId);
      if (others.some(({ email }) => mailboxOf(email) === mailboxOf(changed.email)))
        return { kind: 'refused', why: 'user-exists' };
      const users = current.users.map((each) => (each === user ? changed : each));
      if (mayNotTakeLastAdmin(asker) && takesLastAdmin(current.users, users))
        return { kind: 'refused', why: 'last-admin' };
      return change({ users }, asker);
    });
  }

  /** Also takes the user out of the alert contacts, in the same write: nobody who left is told of anything. */
  remove(account: string, userId: string, asker: Asker): Promise<Outcome<RemovalRefusal>> {
    return this.accounts.execute<RemovalRefusal>(account, (current) => {
      const users = current.users.filter(({ id }) => id !== userId);
      if (users.length === current.users.length) return { kind: 'refused', why: { kind: 'no-such-user' } };
      if (mayNotTakeLastAdmin(asker) && takesLastAdmin(current.users, users))
        return { kind: 'refused', why: { kind: 'last-admin' } };
      const information = withoutAlertContact(current.information, userId);
      if (information === undefined) return change({ users }, asker);
      const errors = checkRemoval(current, users, information);
      if (errors.length > 0) return { kind: 'refused', why: { kind: 'invalid', errors } };
      return change({ users, information }, asker);
    });
  }
}

const change = (set: Change['set'], asker: Asker): Decided<never> => ({
  kind: 'change',
  change: { set, what: 'users', asker },
});

/** Of the account itself nobody; an operator may, and gives access to somebody else. */
const mayNotTakeLastAdmin = ({ actor }: Asker): boolean => actor.kind === 'portal-user';

/** Undefined when the user is no alert contact. */
function withoutAlertContact(
  information: ContactInformation,
  userId: string,
): ContactInformation | undefined {
  const { alertContacts } = information;
  if (!alertContacts?.userIds.includes(userId)) return undefined;
  return { ...information, alertContacts: { userIds: alertContacts.userIds.filter((id) => id !== userId) } };
}

/** Only what this removal would do: what was missing before is asked for by the gate, and keeps nobody's access alive. */
function checkRemoval(
  { integrationType, launched }: AccountDocument,
  users: readonly PortalUser[],
  information: ContactInformation,
): InputError[] {
  const facts = { integrationType, launched, userIds: users.map(({ id }) => id) };
  return checkContactInformation(information, facts, 'production').filter(
    ({ pointer }) => pointer === '/alertContacts',
  );
}
