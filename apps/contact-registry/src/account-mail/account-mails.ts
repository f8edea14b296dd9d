import { randomUUID } from 'node:crypto';
import {
  accountMailKinds,
  mailboxOf,
  NewAccountMail,
  toAccountMail,
  type AccountMail,
  type AccountMailJob,
  type AccountMailLimitRow,
  type AccountMailRecord,
  type AddressField,
  type AskedAccountMailKind,
} from '@signalbox/contracts';
import { addressHashParts } from '@signalbox/domain';
import type { AccountMailsOf, PageMasked } from '@signalbox/persistence';
import type { Clock, Encryption, KeyedHash, Log } from '@signalbox/runtime';

/** Which account mails are meant; at least the address or the account is named. */
export type WhichAccountMails = {
  readonly kind: AskedAccountMailKind;
  readonly field?: AddressField;
} & (
  | { readonly address: string; readonly account?: string }
  | { readonly address?: string; readonly account: string }
);

/**
 * Where the registry asks for account mails and learns what became of them. A mail is stored before it is queued, so
 * that one whose job is lost, or never was, is found by the worker's sweep.
 */
export class AccountMails {
  constructor(private readonly parts: AccountMailsParts) {}

  /**
   * Has the mail sent. It is on its way when this resolves, whatever becomes of Redis or of this process.
   * @param mail its secret, if its kind has one, is sealed for this mail alone and stands nowhere else afterwards.
   * @throws when the mail is none by its schema, or could not be stored.
   */
  async send(mail: NewAccountMail): Promise<{ readonly id: string }> {
    const stored = this.toStore(NewAccountMail.parse(mail));
    await this.parts.store.insert(stored);
    this.addJob(stored);
    return { id: stored._id };
  }

  /**
   * Asks the limit of a kind before a mail is made, and counts the call when it is let through; of calls at the same time
   * no more than the limit are. A test of a field is one call, however many addresses stand there.
   * @param which names what the kind's limit counts by: the address, or the account and the field.
   * @param network of who asks, where anybody may; null when it is not known.
   * @returns false when there were too many lately.
   */
  async admit(which: WhichAccountMails, network: string | null = null): Promise<boolean> {
    const { parts, key, limit } = this.limitOf(which);
    const { withinMs, mostOfOneNetwork } = limit;
    if (network !== null && mostOfOneNetwork !== undefined) {
      const ofNetwork = this.parts.hash(['limit-of-network', which.kind, network, ...parts]);
      if (!(await this.parts.limits.admit(ofNetwork, { most: mostOfOneNetwork, withinMs }))) return false;
    }
    return this.parts.limits.admit(key, limit);
  }

  /** After a call that was not let through: in how many milliseconds one is again. */
  againInMs(which: WhichAccountMails): Promise<number> {
    const { key, limit } = this.limitOf(which);
    return this.parts.limits.againInMs(key, limit);
  }

  private limitOf(which: WhichAccountMails) {
    const limit: AccountMailLimitRow = accountMailKinds[which.kind].limit;
    const counted = limit.per === 'address' ? [which.address] : [which.account, which.field];
    if (!counted.every((part) => part !== undefined)) {
      throw new Error(`the limit of ${which.kind} counts by ${limit.per}, which was not named`);
    }
    const parts = limit.per === 'address' ? counted.map(mailboxOf) : counted;
    return { parts, key: this.parts.hash(['limit', which.kind, ...parts]), limit };
  }

  /** What became of these mails, in no order; they go 30 days after their end. */
  find(ids: readonly string[]): Promise<AccountMailRecord[]> {
    return this.parts.store.find(ids);
  }

  /** Those that have ended since then, the earliest first. */
  endedSince(since: Date, most: number): Promise<AccountMailRecord[]> {
    return this.parts.store.endedSince(since, most);
  }

  /** The newest of these mails. */
  latest(which: WhichAccountMails): Promise<AccountMailRecord | undefined> {
    return this.parts.store.latest(this.hashed(which));
  }

  /** How many of these mails were asked for since then, for limits. */
  countSince(which: WhichAccountMails, since: Date): Promise<number> {
    return this.parts.store.countSince(this.hashed(which), since);
  }

  /**
   * Forgets an address, a page a call: what was not sent to it never is, and `mask` stands in its place, also where another
   * mail names it. Safe to call again.
   * @param after what the page before answered as `next`; null for the first.
   */
  async eraseAddress(address: string, mask: string, after: string | null): Promise<PageMasked> {
    if (after === null) await this.parts.store.suppress(this.hashOf(address));
    return this.parts.store.mask(address, mask, after);
  }

  private toStore(mail: NewAccountMail): AccountMail {
    const id = randomUUID().replaceAll('-', '');
    return toAccountMail(mail, {
      id,
      hashOf: (address) => this.hashOf(address),
      sealedSecret: 'secret' in mail ? this.parts.encryption.seal(mail.secret, id) : null,
      now: this.parts.clock.now(),
    });
  }

  /** Beside the answer: who asks to sign in must not wait for Redis, nor fail with it. */
  private addJob({ _id, kind, attempt }: AccountMail): void {
    this.parts.jobs.addAll([{ lane: 'account', delivery: _id, attempt }]).catch((err: unknown) => {
      this.parts.log.warn(
        { event: 'account-mail.job-not-added', mail: _id, kind, err },
        'account-mail.job-not-added',
      );
    });
  }

  private hashed({ address, account, ...which }: WhichAccountMails): AccountMailsOf {
    // One of the two is named, which the compiler knows of `WhichAccountMails` and loses sight of here.
    return {
      ...which,
      ...(account !== undefined && { account }),
      ...(address !== undefined && { addressHash: this.hashOf(address) }),
    } as AccountMailsOf;
  }

  private hashOf(address: string): string {
    return this.parts.hash(addressHashParts(address));
  }
}

export interface AccountMailsParts {
  readonly store: {
    insert(mail: AccountMail): Promise<void>;
    find(ids: readonly string[]): Promise<AccountMailRecord[]>;
    endedSince(since: Date, most: number): Promise<AccountMailRecord[]>;
    latest(which: AccountMailsOf): Promise<AccountMailRecord | undefined>;
    countSince(which: AccountMailsOf, since: Date): Promise<number>;
    suppress(addressHash: string): Promise<void>;
    mask(address: string, mask: string, after: string | null): Promise<PageMasked>;
  };
  readonly limits: {
    admit(key: string, limit: { readonly most: number; readonly withinMs: number }): Promise<boolean>;
    againInMs(key: string, limit: { readonly most: number; readonly withinMs: number }): Promise<number>;
  };
  readonly jobs: {
    addAll(jobs: readonly AccountMailJob[]): Promise<void>;
  };
  readonly encryption: Pick<Encryption, 'seal'>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}
