import type { Referral } from '@signalbox/contracts';
import { refer, shareableOf } from '@signalbox/domain';
import type { Clock } from '@signalbox/runtime';
import type { AccountDocument } from './account-document.js';

export interface ReferralAccounts {
  find(account: string): Promise<Pick<AccountDocument, '_id' | 'information'> | null>;
}

export interface ReferralRequest {
  readonly account: string;
  /** The instant that is asked about; now when left out. */
  readonly at?: Date | undefined;
  /** In which zone whoever asks reads times. */
  readonly zone?: string | undefined;
}

/** Whom a user of the platform is sent to for a refund, a cancellation or a change. A look-up: no mail goes out. */
export class ReferUsers {
  constructor(
    private readonly accounts: ReferralAccounts,
    private readonly clock: Clock,
  ) {}

  /** Undefined: no such account. */
  async execute({ account, at, zone }: ReferralRequest): Promise<Referral | undefined> {
    const found = await this.accounts.find(account);
    if (found === null) return undefined;
    return { account: found._id, ...refer(shareableOf(found.information), at ?? this.clock.now(), zone) };
  }
}
