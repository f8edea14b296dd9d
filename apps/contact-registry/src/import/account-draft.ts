import type { AccountDocument } from '../accounts/account-document.js';
import type { Change, ChangeAccount, Decided, Outcome } from '../accounts/change-account.js';

/**
 * Stands where the use cases expect the one way to change accounts, and changes a copy in memory. So an import goes
 * through the same use cases and checks as single calls, one after the other, and what they come to is one write.
 */
export class AccountDraft implements Pick<ChangeAccount, 'create' | 'execute'> {
  /** What all changes together set; nothing when the account would stay as it is. */
  set: Change['set'] = {};

  constructor(private account: AccountDocument | null) {}

  get users(): AccountDocument['users'] {
    return this.account?.users ?? [];
  }

  get hasChanges(): boolean {
    return Object.keys(this.set).length > 0;
  }

  execute<R>(_account: string, decide: (current: AccountDocument) => Decided<R>): Promise<Outcome<R>> {
    if (this.account === null) return Promise.resolve({ kind: 'no-such-account' });
    const decided = decide(this.account);
    if (decided.kind === 'refused') return Promise.resolve(decided);
    if (decided.kind === 'change') this.apply(this.account, decided.change.set);
    return this.done(this.account);
  }

  create(account: string, change: Change): Promise<Outcome<'account-exists'>> {
    if (this.account !== null) return Promise.resolve({ kind: 'refused', why: 'account-exists' });
    this.apply({ ...nothingYet, _id: account } as unknown as AccountDocument, change.set);
    return this.execute(account, () => ({ kind: 'unchanged' }));
  }

  private apply(account: AccountDocument, set: Change['set']): void {
    this.account = { ...account, ...set };
    this.set = { ...this.set, ...set };
  }

  /** A draft is never in force. */
  private done(account: AccountDocument): Promise<Outcome<never>> {
    return Promise.resolve({ kind: 'done', account: this.account ?? account, inForce: false });
  }
}

/** What of an account its making does not say. */
const nothingYet = { users: [], information: {}, launched: false, revision: 0, version: 0 };
