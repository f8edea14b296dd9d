import type { Clock } from '@signalbox/runtime';
import type { AccountDocument } from '../accounts/account-document.js';
import type { Asker } from '../accounts/asker.js';
import type { ChangeUsers } from '../accounts/change-users.js';

/** Takes somebody's access to an account away, with every open invitation that would give it back. */
export class RemoveUser {
  constructor(private readonly parts: RemoveUserParts) {}

  /** Invitations first: should this process end in between, somebody who stays needs none. */
  async execute(account: string, userId: string, asker: Asker): ReturnType<ChangeUsers['remove']> {
    const { accounts, invitations, users, clock } = this.parts;
    const email = (await accounts.find(account))?.users.find(({ id }) => id === userId)?.email;
    if (email !== undefined) await invitations.revokeOpen(account, email, clock.now());
    return users.remove(account, userId, asker);
  }
}

export interface RemoveUserParts {
  readonly accounts: { find(account: string): Promise<AccountDocument | null> };
  readonly invitations: { revokeOpen(account: string, email: string, revokedAt: Date): Promise<void> };
  readonly users: Pick<ChangeUsers, 'remove'>;
  readonly clock: Clock;
}
