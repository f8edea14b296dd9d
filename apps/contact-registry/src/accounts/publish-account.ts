import { randomUUID } from 'node:crypto';
import type { AccountSnapshot } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import type { AccountDocument, PendingEntry } from './account-document.js';
import { PublishedVersions } from './published-versions.js';
import { snapshotOf } from './snapshot-of.js';

/**
 * How a change comes into force, and why the versions on the topic rise although several registries write.
 *
 * Publishing an account is a turn: a token in the account's document with an end on the database's clock. A write takes
 * the turn with it, unless another one's runs: then that one publishes for both. The holder sends the newest version it
 * knows, and settles: only if the account's version has not moved meanwhile the flag is cleared and the turn ends, in one
 * write; else the same write renews the turn, and the holder sends again what that write read. So per account there is
 * one sender at a time, each send begins after the last was acknowledged, and each carries a higher version.
 *
 * A holds the turn with v5 and B writes v6: either B's write comes before A settles, then A finds the version moved and
 * sends v6; or after, then the turn was free and B's own write took it. There is no third case, since both are single
 * writes of one document. B only waits until it sees v6 noted as published.
 *
 * A process that stops for longer than its turn loses it. It asks the database whether it still holds it right before
 * each send, and renews it while a send lasts. What can still slip through is a stop between that question and the
 * socket: then an older version may follow a newer one. It does no harm, since routers apply upwards only; and when that
 * process wakes, it cannot settle, and marks the account dirty, so that the newest version becomes the topic's last again.
 * The same version may appear twice in a row (a crash between acknowledgement and settling, the daily repeat).
 */
export class PublishAccount {
  private readonly running = new Set<Promise<unknown>>();
  private readonly published = new PublishedVersions();

  constructor(
    private readonly turns: RelayTurns,
    private readonly publisher: SnapshotPublisher,
    private readonly log: Log,
    private readonly options: PublishOptions = {},
  ) {}

  /** One turn is one try of one caller, also within a process: two requests there must not both send. */
  newTurn(): string {
    return randomUUID();
  }

  /**
   * Publishes what was written, or waits for the one whose turn it is.
   * @returns whether it is in force now; false after 2 s, and then it is published as soon as that is possible.
   */
  async bringIntoForce(written: AccountDocument, turn: string): Promise<boolean> {
    const { _id: account, version, published } = written;
    if (published >= version) return true;
    if (written.relay?.by === turn) void this.relay(written, turn);
    return this.published.within(account, version, this.options.limitMs ?? 2_000, () =>
      this.turns.publishedVersion(account),
    );
  }

  /** Sends until the account is clean. Never rejects: what fails stays dirty, and the poller finds it. */
  async relay(held: AccountDocument, turn: string): Promise<boolean> {
    const relaying = this.sendUntilClean(held, turn).catch((error: unknown) =>
      this.giveUp(held._id, turn, error),
    );
    this.running.add(relaying);
    try {
      return await relaying;
    } finally {
      this.running.delete(relaying);
    }
  }

  /** For the drain: resolves when nothing is being sent any more, or after the limit; the rest stays dirty. */
  async settled(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)));
    await Promise.race([Promise.all(this.running), limit]);
    clearTimeout(timer);
  }

  private async sendUntilClean(held: AccountDocument, turn: string): Promise<boolean> {
    let newest = held;
    for (;;) {
      if (!(await this.turns.isMyTurn(newest._id, turn))) return false; // Whoever took it sends ours too.
      await this.sendWithinTurn(newest, turn);
      const settled = await this.turns.settleTurn(newest, turn);
      if (settled === undefined) {
        // Lost while sending: ours may stand after a newer version on the topic, so the newest goes there once more.
        await this.turns.markDirty([newest._id]);
        return false;
      }
      this.published.tell(newest._id, newest.version);
      this.options.onInForce?.(newest.pendingHistory);
      if (!settled.dirty) return true;
      newest = settled;
    }
  }

  /** History entries go out beside the send, so that the settling write, which drops them, covers both. */
  private async sendWithinTurn(account: AccountDocument, turn: string): Promise<void> {
    const renewal = setInterval(() => {
      this.turns.renewTurn(account._id, turn).catch((error: unknown) => {
        this.log.warn({ event: 'contacts.turn-not-renewed', account: account._id, err: error });
      });
    }, this.options.renewMs ?? 1_500);
    try {
      const ends = await Promise.allSettled([
        this.publisher.publish(snapshotOf(account)),
        this.turns.moveHistory(account),
      ]);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    } finally {
      clearInterval(renewal);
    }
  }

  private async giveUp(account: string, turn: string, error: unknown): Promise<false> {
    this.log.warn({ event: 'contacts.not-published', account, err: error }, 'contacts.not-published');
    // The send is over, so the next one need not wait for the turn's end; if this fails too, it does.
    await this.turns.giveUpTurn(account, turn).catch(() => undefined);
    return false;
  }
}

export interface SnapshotPublisher {
  /** Resolves when all in-sync replicas have it. Rejects only when it is over: nothing may be sent afterwards. */
  publish(snapshot: AccountSnapshot): Promise<void>;
}

export interface RelayTurns {
  /** Whether the turn runs, by the database's clock. */
  isMyTurn(account: string, turn: string): Promise<boolean>;
  renewTurn(account: string, turn: string): Promise<void>;
  /** Notes what was sent as published; ends the turn when that is the newest, else renews it. Undefined: the turn was lost. */
  settleTurn(sent: AccountDocument, turn: string): Promise<AccountDocument | undefined>;
  giveUpTurn(account: string, turn: string): Promise<void>;
  moveHistory(account: AccountDocument): Promise<void>;
  publishedVersion(account: string): Promise<number>;
  markDirty(accounts: readonly string[]): Promise<void>;
}

export interface PublishOptions {
  /** How long a caller waits for its change to be in force. */
  readonly limitMs?: number;
  /** How often a turn is renewed while a send lasts; well below the turn's length. */
  readonly renewMs?: number;
  /** Hears of the changes that have just come into force. */
  readonly onInForce?: (changes: readonly PendingEntry[]) => void;
}
