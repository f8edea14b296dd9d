import { AccountSnapshot } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';

export interface ApplyContactsParts {
  readonly views: {
    versionsOf(accounts: readonly string[]): Promise<ReadonlyMap<string, number>>;
    findMany(accounts: readonly string[]): Promise<ReadonlyMap<string, AccountSnapshot>>;
    applyUpwards(snapshots: readonly AccountSnapshot[]): Promise<void>;
  };
  readonly registry: {
    /** Has the registry publish above what is held wherever it is behind that. @returns the accounts where it was. */
    raiseAbove(held: readonly HeldAccount[]): Promise<readonly string[]>;
  };
  readonly log: Pick<Log, 'warn' | 'error'>;
}

export interface HeldAccount {
  readonly account: string;
  readonly heldVersion: number;
  /** There is another snapshot of this very version. */
  readonly differs: boolean;
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
    const held = await this.parts.views.versionsOf([...highest.keys()]);
    const heldOf = (account: string) => held.get(account) ?? 0;
    const newest = [...highest.values()];
    await this.parts.views.applyUpwards(newest.filter(({ account, version }) => version > heldOf(account)));

    const suspects = lastPerAccount(received).filter((last) => {
      const isWhatWasApplied = last === highest.get(last.account) && last.version > heldOf(last.account);
      return !isWhatWasApplied;
    });
    if (suspects.length > 0) void this.lookBack(suspects);
    return newest
      .filter(({ account, version }) => version >= heldOf(account))
      .map(({ account, version }) => ({ account, version }));
  }

  /**
   * The topic ends with something else than was applied. Mostly these are old records that came once more; but when the
   * registry was restored from a backup, or somebody else wrote to the topic, what is held here would stand against every
   * change to come. Only the registry can tell the two apart. Nothing waits for that.
   */
  private async lookBack(lasts: readonly AccountSnapshot[]): Promise<void> {
    try {
      const views = await this.parts.views.findMany(lasts.map(({ account }) => account));
      const held = lasts.flatMap((last) => contradiction(last, views.get(last.account)) ?? []);
      if (held.length === 0) return;
      const raised = await this.parts.registry.raiseAbove(held);
      if (raised.length > 0) this.alarm(raised);
    } catch (error) {
      this.parts.log.warn({ event: 'contacts.cannot-look-back', err: error }, 'contacts.cannot-look-back');
    }
  }

  private alarm(raised: readonly string[]): void {
    const line = { accounts: raised.length, among: raised.slice(0, mostNamed) };
    this.parts.log.error({ event: 'operator.alarm', alarm: 'contacts-went-back', ...line }, 'operator.alarm');
  }
}

/** Enough to know where to look; after a restore it can be all accounts. */
const mostNamed = 20;

function contradiction(last: AccountSnapshot, view: AccountSnapshot | undefined): HeldAccount | undefined {
  if (view === undefined || last.version > view.version) return undefined;
  const { account, version: heldVersion } = view;
  if (last.version < heldVersion) return { account, heldVersion, differs: false };
  return isSame(last, view) ? undefined : { account, heldVersion, differs: true };
}

/** Both as the schema reads them, so that neither the order of members nor what it does not know makes a difference. */
const isSame = (one: AccountSnapshot, other: AccountSnapshot): boolean => textOf(one) === textOf(other);

const textOf = (snapshot: AccountSnapshot): string =>
  JSON.stringify(AccountSnapshot.safeParse(snapshot).data ?? null);

const lastPerAccount = (snapshots: readonly AccountSnapshot[]): AccountSnapshot[] => [
  ...new Map(snapshots.map((snapshot) => [snapshot.account, snapshot])).values(),
];

function highestPerAccount(snapshots: readonly AccountSnapshot[]): Map<string, AccountSnapshot> {
  const highest = new Map<string, AccountSnapshot>();
  for (const snapshot of snapshots) {
    const other = highest.get(snapshot.account);
    if (!other || other.version < snapshot.version) highest.set(snapshot.account, snapshot);
  }
  return highest;
}
