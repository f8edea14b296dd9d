import {
  mailboxOf,
  type Environment,
  type PortalUser,
  type PortalUserPrincipal,
  type SessionAccount,
  type SessionView,
  type StaffPrincipal,
} from '@signalbox/contracts';
import { missingFields } from '@signalbox/domain';
import type { AccountDocument } from '../accounts/account-document.js';
import { perEnvironment } from '../accounts/address-listing.js';
import type { StaffDocument } from './staff-document.js';

/** The accounts of one person that are looked at; nobody has more. */
const mostAccounts = 50;

/** Who owns a mailbox, to us: somebody of the platform, or a portal user of one account or several. */
export type Person =
  | { readonly kind: 'staff'; readonly staff: StaffDocument }
  | { readonly kind: 'portal-user'; readonly accounts: readonly [AccountOf, ...AccountOf[]] };

export interface AccountOf {
  readonly account: AccountDocument;
  readonly user: PortalUser;
}

/** Finds who owns a mailbox, as it stands now: who leaves an account is out of it with their next call. */
export class People {
  constructor(
    private readonly accounts: AccountsByMailbox,
    private readonly staff: StaffByMailbox,
  ) {}

  /** @param mailbox by `mailboxOf`. Who is staff is asked as such, whatever accounts have them as a user. */
  async find(mailbox: string): Promise<Person | undefined> {
    const staff = await this.staff.findByMailbox(mailbox);
    if (staff !== null) return { kind: 'staff', staff };
    const accounts = await this.accounts.findByMailbox(mailbox, mostAccounts);
    const [first, ...others] = accounts.flatMap((account) =>
      account.users
        .filter(({ email }) => mailboxOf(email) === mailbox)
        .slice(0, 1)
        .map((user) => ({ account, user })),
    );
    return first === undefined ? undefined : { kind: 'portal-user', accounts: [first, ...others] };
  }
}

/** To whom a mail to this person goes, in which language, and about which account, if it is one. */
export function addresseeOf(person: Person): {
  readonly address: string;
  readonly language: string;
  readonly account: { readonly id: string; readonly name: string } | null;
} {
  if (person.kind === 'staff') return { address: person.staff.email, language: 'en', account: null };
  const [{ account, user }, ...others] = person.accounts;
  const only = others.length === 0 ? { id: account._id, name: account.name } : null;
  return { address: user.email, language: user.language, account: only };
}

/** @param id the sign-in's own, the same in all accounts. */
export function principalOf(person: Person, id: string): StaffPrincipal | PortalUserPrincipal {
  if (person.kind === 'staff') {
    const { _id, name, role } = person.staff;
    return { kind: 'staff', id: _id, name, role };
  }
  const memberships = person.accounts.map(({ account, user }) => {
    const { sandbox, production } = missingIn(account);
    const missing = { sandbox: fieldsOf(sandbox), production: fieldsOf(production) };
    return { account: account._id, user: user.id, role: user.role, missing };
  });
  return { kind: 'portal-user', id, memberships };
}

export function sessionView(person: Person, sessionExpiresAt: Date): SessionView {
  const expiresAt = sessionExpiresAt.toISOString();
  if (person.kind === 'staff') {
    const { email, name, role } = person.staff;
    return { kind: 'staff', email, name, role, expiresAt };
  }
  const [{ user }] = person.accounts;
  return { kind: 'portal-user', email: user.email, accounts: person.accounts.map(accountView), expiresAt };
}

function accountView({ account, user }: AccountOf): SessionAccount {
  const { _id, name, integrationType, launched } = account;
  const { sandbox, production } = missingIn(account);
  return {
    ...{ account: _id, name, integrationType, launched },
    ...{ user: user.id, role: user.role, language: user.language },
    environments: { sandbox: readiness(sandbox), production: readiness(production) },
  };
}

type Missing = ReturnType<typeof missingFields>;

const readiness = (missing: Missing) => ({ ready: missing.length === 0, missing });
const fieldsOf = (missing: Missing) => missing.map(({ field }) => field);

const missingIn = ({ information, integrationType }: AccountDocument): Record<Environment, Missing> =>
  perEnvironment((environment) => missingFields(information, integrationType, environment));

export interface AccountsByMailbox {
  /** The accounts with a user of that mailbox, in the order of their ids. */
  findByMailbox(mailbox: string, limit: number): Promise<AccountDocument[]>;
}

export interface StaffByMailbox {
  findByMailbox(mailbox: string): Promise<StaffDocument | null>;
}
