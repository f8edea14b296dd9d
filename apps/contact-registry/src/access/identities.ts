import { libraryNameOf, type SignInLibrary } from './sign-in-library.js';

/** Somebody who owns a mailbox, as the sign-in library knows them; one for each mailbox, whatever it may do here. */
export interface Identity {
  readonly id: string;
  readonly mailbox: string;
}

/** Who can prove to own a mailbox, and all sessions of one. */
export class Identities {
  constructor(private readonly library: SignInLibrary) {}

  /** Makes the identity of a mailbox unless there is one. */
  async ensure(mailbox: string): Promise<void> {
    if ((await this.find(mailbox)) !== undefined) return;
    const { internalAdapter } = await this.library.$context;
    try {
      await internalAdapter.createUser(
        { email: libraryNameOf(mailbox), name: '', mailbox, emailVerified: true },
        { method: 'magic-link' },
      );
    } catch (error) {
      // Another caller was first: the index on the name takes one of each.
      if ((await this.find(mailbox)) === undefined) throw error;
    }
  }

  /** Ends every session of a mailbox. */
  async endSessions(mailbox: string): Promise<void> {
    const identity = await this.find(mailbox);
    if (identity === undefined) return;
    await (await this.library.$context).internalAdapter.deleteUserSessions(identity.id);
  }

  /**
   * Forgets that a mailbox could ever sign in: its sessions, what its links would prove, and the identity. Safe to run
   * again.
   * @returns how many identities went.
   */
  async forget(mailbox: string): Promise<number> {
    const { adapter, internalAdapter } = await this.library.$context;
    await adapter.deleteMany({
      model: 'verification',
      where: [{ field: 'value', operator: 'contains', value: libraryNameOf(mailbox) }],
    });
    const identity = await this.find(mailbox);
    if (identity === undefined) return 0;
    await internalAdapter.deleteUserSessions(identity.id);
    await internalAdapter.deleteUser(identity.id);
    return 1;
  }

  private async find(mailbox: string): Promise<Identity | undefined> {
    const found = await (await this.library.$context).internalAdapter.findUserByEmail(libraryNameOf(mailbox));
    return found === null ? undefined : { id: found.user.id, mailbox };
  }
}
