import { randomUUID } from 'node:crypto';
import { erasedAddressParts, mailboxOf } from '@signalbox/contracts';
import type { Clock, Encryption, KeyedHash, Log } from '@signalbox/runtime';
import type { Asker } from '../accounts/asker.js';
import type { ErasureDocument } from './erasure-document.js';
import { firstPlace } from './erasure-steps.js';

export type ErasureAsked =
  { readonly kind: 'asked'; readonly erasure: ErasureDocument } | { readonly kind: 'last-operator' };

/** Where an address begins to be forgotten. What is stored here is all that a pass needs to carry it out. */
export class AskForErasure {
  constructor(private readonly parts: AskForErasureParts) {}

  /** Asking again while it runs is the same erasure; asking after it is done is another one, for who came back. */
  async execute(address: string, asker: Asker): Promise<ErasureAsked> {
    const { erasures, accounts, staff, hash, log } = this.parts;
    const mailbox = mailboxOf(address);
    if (await staff.isLastOperator(mailbox)) return { kind: 'last-operator' };
    const addressHash = hash(erasedAddressParts(address));
    const erasure = this.toStore(address, addressHash, asker, await accounts.countNaming(mailbox));
    if (!(await erasures.insert(erasure))) {
      const running = await erasures.findRunning(addressHash);
      // It ended between the two: then this is another one after all.
      return running === null ? this.execute(address, asker) : { kind: 'asked', erasure: running };
    }
    const { _id, accounts: named } = erasure;
    const line = { erasure: _id, addressHash, accounts: named, by: asker.by, actor: asker.actor };
    log.info({ event: 'erasure.asked', ...line }, 'erasure.asked');
    return { kind: 'asked', erasure };
  }

  private toStore(address: string, addressHash: string, asker: Asker, accounts: number): ErasureDocument {
    const _id = randomUUID();
    const now = this.parts.clock.now();
    return {
      _id,
      addressHash,
      sealedAddress: this.parts.encryption.seal(address, _id),
      state: 'running',
      asker,
      askedAt: now,
      doneAt: null,
      accounts,
      leftUsers: [],
      place: firstPlace,
      notBefore: now,
      changed: {},
    };
  }
}

export interface NewErasures {
  /** @returns false when one of this address runs already. */
  insert(erasure: ErasureDocument): Promise<boolean>;
  findRunning(addressHash: string): Promise<ErasureDocument | null>;
}

export interface AskForErasureParts {
  readonly erasures: NewErasures;
  readonly accounts: { countNaming(mailbox: string): Promise<number> };
  readonly staff: { isLastOperator(mailbox: string): Promise<boolean> };
  readonly encryption: Pick<Encryption, 'seal'>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}
