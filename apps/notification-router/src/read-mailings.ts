import type { AccountPreviewList, Mailing, MailingPart } from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';

export interface ReadMailingsParts {
  find(id: string): Promise<Mailing | null>;
  /** The parts that have accounts after this one, in their order. */
  partsAfter(list: string, after: string, most: number): Promise<readonly MailingPart[]>;
}

/** What people have sent, or are about to. */
export class ReadMailings {
  constructor(private readonly mailings: ReadMailingsParts) {}

  /** A page of what is only previewed. @throws ProblemError `not-found`, also when it was confirmed. */
  async previewed(
    token: string,
    { limit, cursor = '' }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<AccountPreviewList> {
    const mailing = await this.mailings.find(token);
    if (mailing?.state !== 'previewed') throw new ProblemError('not-found', 'No preview has this token.');
    // A page is no longer than a part, so it lies in two of them, and the one after it in a third.
    const parts = await this.mailings.partsAfter(mailing.list, cursor, 3);
    const after = parts.flatMap(({ preview }) => preview ?? []).filter(({ account }) => account > cursor);
    const items = after.slice(0, limit);
    return { items, nextCursor: after.length > limit ? (items.at(-1)?.account ?? null) : null };
  }
}
