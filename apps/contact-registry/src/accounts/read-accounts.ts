import type {
  AccountListQuery,
  AccountSnapshot,
  Environment,
  HistoryEntry,
  IntegrationType,
  IntegrationTypeChange,
  Readiness,
} from '@signalbox/contracts';
import { advise, existsIn, integrationTypeChange, missingFields, type KnownAddress } from '@signalbox/domain';
import type { AccountDocument, HistoryDocument } from './account-document.js';
import type { AccountFilter } from './account-filter.js';
import { informationIn } from './information-in.js';
import { historyEntryView, type HistoryReader } from './history-view.js';
import { snapshotOf } from './snapshot-of.js';

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** In the order of their ids. */
export interface AccountPage {
  readonly limit: number;
  /** The id that the page before ended with. */
  readonly after?: string | undefined;
  /** Keeps to some accounts; undefined for all. */
  readonly only?: readonly string[] | undefined;
  readonly filter: AccountFilter;
}

export interface AccountQueries {
  find(account: string): Promise<AccountDocument | null>;
  findMany(accounts: readonly string[]): Promise<AccountDocument[]>;
  list(page: AccountPage): Promise<AccountDocument[]>;
  historyBefore(account: string, version: number, limit: number): Promise<HistoryDocument[]>;
}

export interface AddressKnowledge {
  /** What is known of each address of the account, where it stands. */
  forAdvice(account: AccountDocument): Promise<readonly KnownAddress[]>;
}

/** What is read of accounts; nothing here changes any. */
export class ReadAccounts {
  constructor(
    private readonly accounts: AccountQueries,
    private readonly addresses: AddressKnowledge,
  ) {}

  find(account: string): Promise<AccountDocument | null> {
    return this.accounts.find(account);
  }

  /** @param only the accounts that the caller may see, or undefined for all. */
  async list(query: AccountListQuery, only?: readonly string[]): Promise<Page<AccountDocument>> {
    const { limit, cursor, ...filter } = query;
    const found = await this.accounts.list({ limit: limit + 1, after: cursor, only, filter });
    return pageOf(found, limit, ({ _id }) => _id);
  }

  /** The accounts that do not exist are left out. */
  async snapshots(accounts: readonly string[]): Promise<AccountSnapshot[]> {
    return (await this.accounts.findMany(accounts)).map(snapshotOf);
  }

  /** Newest first; what is not moved out yet stands together with what is. Undefined: no such account. */
  async history(
    account: string,
    reader: HistoryReader,
    limit: number,
    before = Infinity,
  ): Promise<Page<HistoryEntry> | undefined> {
    // The account first: what leaves it after this read is found where it was moved to.
    const current = await this.accounts.find(account);
    if (current === null) return undefined;
    const moved = await this.accounts.historyBefore(
      account,
      Math.min(before, current.version + 1),
      limit + 1,
    );
    const pending = current.pendingHistory.filter(({ version }) => version < before);
    const byVersion = new Map([...moved, ...pending].map((entry) => [entry.version, entry]));
    const newestFirst = [...byVersion.values()].sort((one, other) => other.version - one.version);
    const page = pageOf(newestFirst, limit, ({ version }) => String(version));
    return { ...page, items: page.items.map((entry) => historyEntryView(entry, current.users, reader)) };
  }

  /** What changing to this integration type would do; undefined: no such account. */
  async integrationTypeChange(
    account: string,
    to: IntegrationType,
  ): Promise<IntegrationTypeChange | undefined> {
    const current = await this.accounts.find(account);
    if (current === null) return undefined;
    return integrationTypeChange(current.information, current.integrationType, to);
  }

  async readiness(account: string, environment: Environment): Promise<Readiness | undefined> {
    const current = await this.accounts.find(account);
    if (current === null) return undefined;
    const { information, integrationType, users } = current;
    const missing = missingFields(information, integrationType, environment);
    const known = await this.addresses.forAdvice(current);
    const addresses = known.filter(({ field }) => existsIn(environment, field));
    const advice = advise(informationIn(environment, information), { users, addresses });
    return { ready: missing.length === 0, missing, advice };
  }
}

/** One item more than the page was asked for, which tells whether there is a next one. */
function pageOf<T>(found: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
