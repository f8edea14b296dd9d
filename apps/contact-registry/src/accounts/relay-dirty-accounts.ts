import type { Clock, Log } from '@signalbox/runtime';
import type { AccountDocument } from './account-document.js';

/** What one pass takes on; the rest waits for the next, those that were tried longest ago first. */
const mostAPass = 500;
const atOnce = 20;
/** Everything is published once a day, whether it changed or not: what went wrong unseen heals by that. */
const repeatAfterMs = 24 * 60 * 60 * 1000;

/**
 * Publishes what its writer could not: the process died, or Kafka was away. Every registry does this each second; the
 * turn in the account's document keeps them apart. The daily repeat takes what was published longest ago, and only the
 * room that a pass has left, so that no repeat ever stands before a change.
 */
export class RelayDirtyAccounts {
  private stopped = false;

  constructor(
    private readonly accounts: AccountsToRelay,
    private readonly publishing: AccountRelay,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** One pass. @returns whether there may be more to do at once. */
  async execute(): Promise<boolean> {
    const dirty = await this.accounts.dirtyAccounts(mostAPass);
    const dayAgo = new Date(this.clock.now().getTime() - repeatAfterMs);
    const room = mostAPass - dirty.length;
    const old = room > 0 ? await this.accounts.accountsPublishedBefore(dayAgo, room) : [];
    const all = [...new Set([...dirty, ...old])];
    const published = (await eachOf(all, (account) => this.relayOne(account))).filter(Boolean).length;
    if (published > 0) this.log.info({ event: 'contacts.relayed', published }, 'contacts.relayed');
    // Where something could not be published, Kafka is away or another registry is at it: that wants a pause.
    return published === mostAPass;
  }

  /** A pass that runs begins with no further account. */
  stop(): void {
    this.stopped = true;
  }

  private async relayOne(account: string): Promise<boolean> {
    if (this.stopped) return false;
    const turn = this.publishing.newTurn();
    const held = await this.accounts.takeTurn(account, turn);
    return held !== undefined && this.publishing.relay(held, turn);
  }
}

export interface AccountsToRelay {
  /** Dirty ones whose turn is free. */
  dirtyAccounts(limit: number): Promise<string[]>;
  accountsPublishedBefore(instant: Date, limit: number): Promise<string[]>;
  /** Undefined when another one's turn runs. */
  takeTurn(account: string, turn: string): Promise<AccountDocument | undefined>;
}

export interface AccountRelay {
  newTurn(): string;
  relay(held: AccountDocument, turn: string): Promise<boolean>;
}

/** Some at a time: one by one, an account whose send hangs would hold up all others. */
async function eachOf<I, O>(items: readonly I[], run: (item: I) => Promise<O>): Promise<O[]> {
  const results: O[] = [];
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) results.push(await run(item));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
