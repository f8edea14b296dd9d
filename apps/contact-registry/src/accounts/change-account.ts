import type { ChangeKind, FieldChange } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';
import { changedFields, changesOf, type AccountContent } from './changes-of.js';

/** What a change makes of an account. */
export interface Change {
  readonly set: Partial<AccountContent>;
  readonly what: ChangeKind;
  readonly asker: Asker;
  /** What the history may keep of the values before and after; all of them, unless somebody is to be forgotten. */
  readonly mayKeep?: (changes: FieldChange[]) => FieldChange[];
}

/** A change of an account that was read, with what the history says of it. */
export interface RecordedChange extends Change {
  readonly changes: readonly FieldChange[];
}

/** What is to be done about an account as it stands. */
export type Decided<R> =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly why: R };

export type Outcome<R> =
  | { readonly kind: 'done'; readonly account: AccountDocument; readonly inForce: boolean }
  | { readonly kind: 'no-such-account' }
  | { readonly kind: 'refused'; readonly why: R };

/** The one write of an account; both answer undefined when somebody else was first. */
export interface AccountWrites {
  find(account: string): Promise<AccountDocument | null>;
  write(current: AccountDocument, change: RecordedChange, turn: string): Promise<AccountDocument | undefined>;
  create(account: string, change: RecordedChange, turn: string): Promise<AccountDocument | undefined>;
}

export interface ForceBringer {
  newTurn(): string;
  /** Publishes what was written, or waits for who does; false when that took too long. */
  bringIntoForce(written: AccountDocument, turn: string): Promise<boolean>;
}

/** More than any number of people who save one account at the same moment; each lost race means that another one won. */
const mostRaces = 200;

/**
 * Every change of an account goes through here: read, decide, one atomic write, publish.
 *
 * The write is filtered by the version that was read, which covers the revision too (every edit of the fields raises
 * both). The revision alone would not do: a user could be removed between the check that an alert contact is a user and
 * the write that stores it. Who asked for a certain revision (If-Match) is refused by `decide` when the account is read
 * again after a lost race; whoever only met a change of something else decides anew and goes on.
 */
export class ChangeAccount {
  constructor(
    private readonly accounts: AccountWrites,
    private readonly publishing: ForceBringer,
    private readonly log: Log,
  ) {}

  async execute<R>(account: string, decide: (current: AccountDocument) => Decided<R>): Promise<Outcome<R>> {
    for (let race = 0; race < mostRaces; race += 1) {
      const current = await this.accounts.find(account);
      if (current === null) return { kind: 'no-such-account' };
      const decided = decide(current);
      if (decided.kind === 'refused') return decided;
      const turn = this.publishing.newTurn();
      // Saving what stands there already makes no version, and yet answers whether that is in force.
      if (decided.kind === 'unchanged') return this.answer(current, turn);
      const change = recorded(current, decided.change);
      const written = await this.accounts.write(current, change, turn);
      if (written !== undefined) return this.answer(written, turn, change);
    }
    throw new Error(`${account}: lost ${mostRaces} races for one change`);
  }

  async create(account: string, wanted: Change): Promise<Outcome<'account-exists'>> {
    const turn = this.publishing.newTurn();
    const change = recorded({}, wanted);
    const written = await this.accounts.create(account, change, turn);
    if (written === undefined) return { kind: 'refused', why: 'account-exists' };
    return this.answer(written, turn, change);
  }

  private async answer(
    account: AccountDocument,
    turn: string,
    change?: RecordedChange,
  ): Promise<Outcome<never>> {
    const startedMs = performance.now();
    const inForce = await this.publishing.bringIntoForce(account, turn);
    if (change !== undefined) {
      const { what, asker, changes } = change;
      const { _id, version, revision } = account;
      const tookMs = Math.round(performance.now() - startedMs);
      const who = { by: asker.by, actor: asker.actor };
      const line = {
        account: _id,
        version,
        revision,
        what,
        changed: changedFields(changes),
        ...who,
        inForce,
        tookMs,
      };
      this.log.info({ event: 'contacts.changed', ...line }, 'contacts.changed');
    }
    return { kind: 'done', account, inForce };
  }
}

function recorded(before: Partial<AccountContent>, change: Change): RecordedChange {
  const changes = changesOf(before, change.set);
  return { ...change, changes: change.mayKeep?.(changes) ?? changes };
}
