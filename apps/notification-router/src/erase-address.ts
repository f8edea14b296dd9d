import {
  erasedAddress,
  erasedAddressParts,
  type DispatchErased,
  type DispatchErasure,
} from '@signalbox/contracts';
import type { KeyedHash } from '@signalbox/runtime';

/** The dispatch store's share of an erasure, which the registry leads: what is said here is done here, and no more. */
export class EraseAddress {
  constructor(private readonly parts: EraseAddressParts) {}

  /**
   * One part, a page of it. Safe to run again.
   * What is suppressed here is reported like any end, so that its dispatch goes on to whoever is next.
   */
  async execute(asked: DispatchErasure): Promise<DispatchErased> {
    const { eraser, hash, by } = this.parts;
    const { address } = asked;
    if (asked.part === 'suppress') {
      return { changed: { suppressedDeliveries: await eraser.suppress(address, by) }, next: null };
    }
    const { changed, next } = await eraser.mask(
      address,
      erasedAddress(hash(erasedAddressParts(address))),
      asked.after,
    );
    return { changed: { ...changed }, next };
  }
}

export interface EraseAddressParts {
  readonly eraser: {
    suppress(address: string, by: string): Promise<number>;
    mask(
      address: string,
      mask: string,
      after: string | null,
    ): Promise<{
      readonly changed: Readonly<
        Record<'deliveries' | 'dispatches' | 'intakeExceptions' | 'mailings' | 'deadLetters', number>
      >;
      readonly next: string | null;
    }>;
  };
  readonly hash: KeyedHash;
  readonly by: string;
}
