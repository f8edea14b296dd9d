import type { AccountSnapshot } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';

export interface ApplyContactsParts {
  readonly views: {
    versionsOf(accounts: readonly string[]): Promise<ReadonlyMap<string, number>>;
    applyUpwards(snapshots: readonly AccountSnapshot[]): Promise<void>;
  };
  /** Asks the registry to publish these accounts again. */
  readonly registry: { markDirty(accounts: readonly string[]): Promise<void> };
  readonly log: Log;
}

export interface AppliedAccount {
  readonly account: string;
  readonly version: number;
}

/** A batch of contact snapshots, applied only upwards. The offsets may be committed when it resolves. */
export class ApplyContacts {
  constructor(private readonly parts: ApplyContactsParts) {}

  /**
   * @returns the accounts whose open dispatches are to follow: those that have moved, and those that were at this version
   * already, because the in-force check or a process that died may have applied it without following.
   */
  async execute(received: readonly AccountSnapshot[]): Promise<AppliedAccount[]> {
    const highest = highestPerAccount(received);
    const held = await this.parts.views.versionsOf(highest.map(({ account }) => account));
    const newer = highest.filter(({ account, version }) => version > (held.get(account) ?? 0));
    const older = highest.filter(({ account, version }) => version < (held.get(account) ?? 0));
    await this.parts.views.applyUpwards(newer);
    if (older.length > 0) void this.askAgain(older.map(({ account }) => account));
    return highest
      .filter(({ account, version }) => version >= (held.get(account) ?? 0))
      .map(({ account, version }) => ({ account, version }));
  }

  /** The topic fell behind what was applied: the registry publishes its newest again. Nothing waits for that. */
  private async askAgain(accounts: readonly string[]): Promise<void> {
    this.parts.log.warn(
      { event: 'contacts.older-version', accounts: accounts.length },
      'contacts.older-version',
    );
    try {
      await this.parts.registry.markDirty(accounts);
    } catch (error) {
      this.parts.log.warn({ event: 'contacts.cannot-ask-again', err: error }, 'contacts.cannot-ask-again');
    }
  }
}

function highestPerAccount(snapshots: readonly AccountSnapshot[]): AccountSnapshot[] {
  const highest = new Map<string, AccountSnapshot>();
  for (const snapshot of snapshots) {
    const other = highest.get(snapshot.account);
    if (!other || other.version < snapshot.version) highest.set(snapshot.account, snapshot);
  }
  return [...highest.values()];
}
