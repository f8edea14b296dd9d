import { topicNames, topics, type AccountSnapshot } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';

/** Which of these contact partitions hold records that no router has applied yet. */
export interface ContactOffsets {
  behindFor(partitions: readonly number[]): Promise<readonly number[]>;
}
export interface AppliedContacts {
  findMany(accounts: readonly string[]): Promise<Map<string, AccountSnapshot>>;
  applyUpwards(snapshots: readonly AccountSnapshot[]): Promise<void>;
}
export interface Registry {
  /** The newest snapshots of these accounts; those that do not exist are left out. */
  snapshots(accounts: readonly string[]): Promise<readonly AccountSnapshot[]>;
}

export interface ContactsNow {
  /** null: nobody knows the account. */
  of(account: string): AccountSnapshot | null;
  /** The account's contacts could not be proven to be in force. */
  mayBeStale(account: string): boolean;
}

export interface ContactsInForceOptions {
  readonly partitionOf: (key: string, partitions: number) => number;
  /** How long a partition may be behind before the registry is asked instead, in milliseconds. */
  readonly waitMs?: number;
  readonly log: Log;
}

const pollMs = 5;

/**
 * The contacts that a batch must be decided with: of every account, the version in force when its event was accepted, or
 * a later one. Whoever changed a contact was told "in force" after its snapshot was in Kafka, so contacts are proven
 * current by comparing, after the event was read, what the contact partitions end with and what has been applied.
 */
export class ContactsInForce {
  private readonly waitMs: number;

  constructor(
    private readonly offsets: ContactOffsets,
    private readonly applied: AppliedContacts,
    private readonly registry: Registry,
    private readonly options: ContactsInForceOptions,
  ) {
    this.waitMs = options.waitMs ?? 200;
  }

  async forAccounts(accounts: readonly string[]): Promise<ContactsNow> {
    const asked = [...new Set(accounts)];
    const behind = await this.partitionsStillBehind(asked);
    const views = await this.applied.findMany(asked);
    const uncertain = asked.filter((account) => behind.has(this.partitionOf(account)) || !views.has(account));
    const stale = uncertain.length > 0 ? await this.askRegistry(uncertain, views) : new Set<string>();
    return {
      of: (account) => views.get(account) ?? null,
      mayBeStale: (account) => stale.has(account),
    };
  }

  /** Waits while a partition is behind; a router that died leaves its partitions without an owner for seconds. */
  private async partitionsStillBehind(accounts: readonly string[]): Promise<ReadonlySet<number>> {
    let partitions = [...new Set(accounts.map((account) => this.partitionOf(account)))];
    const giveUpAt = performance.now() + this.waitMs;
    for (;;) {
      try {
        partitions = [...(await this.offsets.behindFor(partitions))];
      } catch (error) {
        this.options.log.warn({ event: 'contacts.offsets-unknown', err: error }, 'contacts.offsets-unknown');
        return new Set(partitions);
      }
      if (partitions.length === 0 || performance.now() >= giveUpAt) return new Set(partitions);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /**
   * Asks for just these accounts and applies the answer upwards, into the views given as well.
   * @returns the accounts that are still uncertain, because the registry did not answer either.
   */
  private async askRegistry(
    accounts: readonly string[],
    views: Map<string, AccountSnapshot>,
  ): Promise<ReadonlySet<string>> {
    try {
      const snapshots = await this.registry.snapshots(accounts);
      await this.applied.applyUpwards(snapshots);
      for (const snapshot of snapshots) {
        const held = views.get(snapshot.account);
        if (!held || held.version < snapshot.version) views.set(snapshot.account, snapshot);
      }
      return new Set();
    } catch (error) {
      this.options.log.error(
        { event: 'operator.alarm', alarm: 'contacts-may-be-stale', accounts: accounts.length, err: error },
        'operator.alarm',
      );
      return new Set(accounts);
    }
  }

  /** By our own partitioner and never from the event's partition: other producers place keys differently. */
  private partitionOf(account: string): number {
    return this.options.partitionOf(account, topics[topicNames.contactUpdates].partitions);
  }
}
