import {
  mailboxOf,
  toldErrors,
  type AccountChange,
  type ContactInformation,
  type ImportError,
  type ImportLine,
  type ImportOutcome,
  type PortalUser,
} from '@signalbox/contracts';
import { missingFields, type MissingField } from '@signalbox/domain';
import { gather } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';
import type { ChangeAccount } from '../accounts/change-account.js';
import { ChangeAccountFacts } from '../accounts/change-account-facts.js';
import { ChangeUsers } from '../accounts/change-users.js';
import { LaunchAccount } from '../accounts/launch-account.js';
import { SaveContactInformation } from '../accounts/save-contact-information.js';
import { AccountDraft } from './account-draft.js';
import { readImportLine, type ReadImportLine } from './read-import-line.js';

export interface ImportedAccount {
  readonly account: string | null;
  readonly outcome: Exclude<ImportOutcome, 'failed'>;
  readonly version?: number;
  readonly inForce?: boolean;
  readonly errors?: readonly ImportError[];
}

export interface AccountsToImport {
  findMany(accounts: readonly string[]): Promise<AccountDocument[]>;
}

/** More than any number of people who change one account while it is imported. */
const mostRaces = 50;

/** Makes or changes one account as a line of an import says it: wholly, by one write and one version, or not at all. */
export class ImportAccount {
  /** The lines that are worked on at a time ask together. */
  private readonly find = gather(
    async (ids: readonly string[]) => {
      const found = await this.accounts.findMany(ids);
      const byId = new Map(found.map((account) => [account._id, account]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { withinMs: 1, most: 100 },
  );

  constructor(
    private readonly accounts: AccountsToImport,
    private readonly changes: Pick<ChangeAccount, 'create' | 'execute'>,
  ) {}

  /** @param isAllowed whether the asker may touch this account. */
  async execute(
    given: unknown,
    asker: Asker,
    isAllowed: (account: string) => boolean,
  ): Promise<ImportedAccount> {
    const { account, line, errors, isTold } = readImportLine(given);
    if (line === undefined) return refused(account, errors);
    const { id } = line.parsed.account;
    if (!isAllowed(id)) {
      const detail = 'This key is limited to other accounts.';
      return refused(id, [...errors, { pointer: '/account/id', code: 'forbidden', detail }]);
    }
    for (let race = 0; race < mostRaces; race += 1) {
      const imported = await this.tryOnce(line, { errors, isTold }, asker);
      if (imported !== undefined) return imported;
    }
    throw new Error(`${id}: lost ${mostRaces} races for one import`);
  }

  /** Undefined when somebody else changed the account in between. */
  private async tryOnce(
    { parsed, facts }: NonNullable<ReadImportLine['line']>,
    unreadable: Pick<ReadImportLine, 'errors' | 'isTold'>,
    asker: Asker,
  ): Promise<ImportedAccount | undefined> {
    const { id } = parsed.account;
    const current = await this.find(id);
    const draft = new AccountDraft(current);
    const others = await applyLine(draft, current === null, parsed, facts, asker);
    const errors = [...unreadable.errors, ...others.filter(({ pointer }) => !unreadable.isTold(pointer))];
    if (errors.length > 0) return refused(id, errors);
    const change = { set: draft.set, what: 'import', asker } as const;
    const outcome =
      current === null
        ? await this.changes.create(id, change)
        : await this.changes.execute<'moved'>(id, (now) => {
            if (now.version !== current.version) return { kind: 'refused', why: 'moved' };
            return draft.hasChanges ? { kind: 'change', change } : { kind: 'unchanged' };
          });
    if (outcome.kind !== 'done') return undefined;
    const { account, inForce } = outcome;
    const what = current === null ? 'made' : draft.hasChanges ? 'changed' : 'unchanged';
    return { account: id, outcome: what, version: account.version, inForce };
  }
}

/** The use cases of single calls, one after the other. @returns why the line cannot be taken as it stands. */
async function applyLine(
  draft: AccountDraft,
  isNew: boolean,
  { account, users, contacts, launch }: ImportLine,
  facts: AccountChange,
  asker: Asker,
): Promise<readonly ImportError[]> {
  const { id } = account;
  const accountFacts = new ChangeAccountFacts(draft);
  const changed = isNew
    ? await accountFacts.create(account, asker)
    : await accountFacts.change(id, facts, asker);
  // Nobody is here to be asked back, so what a single call wants to have confirmed is left to it; the rest of the line is
  // judged as it would be then.
  const unconfirmed = changed.kind === 'done' ? [] : [wantsSingleCall];
  if (changed.kind === 'refused') await accountFacts.change(id, facts, asker, true);
  // Who is a user already stays one, as they are.
  for (const user of users) await new ChangeUsers(draft).add(id, user, asker);
  const given = contacts && withUserIds(contacts, draft.users);
  const errors = [
    ...unconfirmed,
    ...(given === undefined ? [] : await errorsOfSave(draft, id, given, asker)),
  ];
  if (!launch) return errors;
  if (given !== undefined && errors.length > 0)
    return [...errors, ...stillMissing(given.body, account, errors)];
  const launched = await new LaunchAccount(draft).execute(id, asker);
  return [...errors, ...(launched.kind === 'refused' ? launched.why.map(asImportError) : [])];
}

/** What is wrong with a line's contacts; of one whose address is nobody's, that none is there would be said twice. */
async function errorsOfSave(
  draft: AccountDraft,
  account: string,
  { body, errors }: ReturnType<typeof withUserIds>,
  asker: Asker,
): Promise<ImportError[]> {
  const saved = await new SaveContactInformation(draft).execute({
    ...{ account, environment: 'production', mode: 'replace', body, asker },
    matches: () => true,
  });
  const invalid = saved.kind === 'refused' && saved.why.kind === 'invalid' ? saved.why.errors : [];
  const others = invalid.map((error) => ({ ...error, pointer: `/contacts${error.pointer}` }));
  return [
    ...errors,
    ...others.filter(({ pointer }) => errors.length === 0 || pointer !== '/contacts/alertContacts'),
  ];
}

/** What a launch would miss in contacts that cannot be saved as they are, as far as it is not told with their mistakes. */
function stillMissing(
  body: ContactInformation,
  { integrationType }: ImportLine['account'],
  errors: readonly ImportError[],
): ImportError[] {
  const isTold = (field: string) =>
    errors.some(({ pointer }) => `${pointer}/`.startsWith(`/contacts/${field}/`));
  return missingFields(body, integrationType, 'production')
    .filter(({ field }) => !isTold(field))
    .map(asImportError);
}

const asImportError = ({ field, ...why }: MissingField): ImportError => ({
  pointer: `/contacts/${field}`,
  ...why,
});

const wantsSingleCall: ImportError = {
  pointer: '/account/integrationType',
  code: 'invalid-value',
  detail: 'This change of an account that is there is made by a call of its own: PATCH.',
};

/** Alert contacts by the ids of users alone, as they are stored. */
function withUserIds(
  { alertContacts, ...others }: NonNullable<ImportLine['contacts']>,
  users: readonly PortalUser[],
) {
  if (alertContacts === undefined) return { body: others, errors: [] };
  const found = alertContacts.emails.map(
    (email) => users.find((user) => mailboxOf(user.email) === mailboxOf(email))?.id,
  );
  const errors = found.flatMap((id, place): ImportError[] => {
    if (id !== undefined) return [];
    const detail = 'Alert contacts are portal users of this account; nobody there has this address.';
    return [{ pointer: `/contacts/alertContacts/emails/${place}`, code: 'unknown-user', detail }];
  });
  const ids = [...alertContacts.userIds, ...found.filter((id) => id !== undefined)];
  return { body: { alertContacts: { userIds: [...new Set(ids)] }, ...others }, errors };
}

const refused = (account: string | null, errors: readonly ImportError[]): ImportedAccount => ({
  account,
  outcome: 'refused',
  errors: toldErrors(errors),
});
