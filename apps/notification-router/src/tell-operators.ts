import { operatorAlarms, unroutableMails, type DecisionNote } from '@signalbox/contracts';
import type { KeyedHash } from '@signalbox/runtime';

interface Limit {
  readonly most: number;
  readonly withinMs: number;
}
export interface TellOperatorsParts {
  readonly limits: {
    admit(key: string, limit: Limit): Promise<boolean>;
    againInMs(key: string, limit: Limit): Promise<number>;
  };
  readonly hash: KeyedHash;
}

/** How often the operators are written to, whichever router asks: what comes more often is gathered. */
export class TellOperators {
  constructor(private readonly parts: TellOperatorsParts) {}

  /** Whether a mail may be made now of the alarms that were raised; counts it. */
  mayMail(alarm: DecisionNote): Promise<boolean> {
    return this.parts.limits.admit(this.keyOf('alarm', alarm), limitOf(alarm));
  }

  /** Whether an event of this account, which nobody knows, is told by a mail of its own; counts it. */
  async mayTellUnroutable(account: string): Promise<boolean> {
    const { limits } = this.parts;
    const mayTell =
      (await limits.admit(this.keyOf('account', account), unroutableMails.ofAccount)) &&
      (await limits.admit(this.keyOf('accounts'), unroutableMails.ofAll));
    // Who has just had a mail waits for the one that gathers.
    if (mayTell) await this.mayMail('unknown-account');
    return mayTell;
  }

  /** Whether such an event would wait for the mail that gathers; counts nothing. */
  async gathersUnroutable(account: string): Promise<boolean> {
    const { limits } = this.parts;
    const waits = await Promise.all([
      limits.againInMs(this.keyOf('account', account), unroutableMails.ofAccount),
      limits.againInMs(this.keyOf('accounts'), unroutableMails.ofAll),
    ]);
    return waits.some((ms) => ms > 0);
  }

  private keyOf(...parts: readonly string[]): string {
    return this.parts.hash(['told-operators', ...parts]);
  }
}

const limitOf = (alarm: DecisionNote): Limit => ({ most: 1, withinMs: operatorAlarms[alarm].gatherMs });
