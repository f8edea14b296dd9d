import type {
  AccountPreviewList,
  AccountResult,
  AccountResultList,
  Delivery,
  Dispatch,
  EventKind,
  Mailing,
  MailingList,
  MailingPart,
  MailingProgress,
  MailingReport,
} from '@signalbox/contracts';
import { ProblemError, type KeyedHash } from '@signalbox/runtime';
import { acknowledgementView } from './acknowledge-emergency.js';
import { pageOf, readCursor, type ListPlace } from './list-cursor.js';
import { mailingEventOf } from './mailing-event.js';
import { mailingView } from './mailing-view.js';
import { dispatchIdOf } from './to-dispatch.js';

export interface ReadMailingsParts {
  readonly mailings: {
    find(id: string): Promise<Mailing | null>;
    list(
      kinds: readonly EventKind[],
      after: ListPlace | undefined,
      most: number,
    ): Promise<readonly Mailing[]>;
    progressOf(id: string): Promise<MailingProgress>;
    /** The parts that have accounts after this one, in their order. */
    partsAfter(list: string, after: string, most: number): Promise<readonly MailingPart[]>;
  };
  readonly dispatches: {
    findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dispatch>>;
    deliveriesOf(ids: readonly string[]): Promise<readonly Delivery[]>;
  };
  readonly hash: KeyedHash;
}
interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page is no longer than a part, so it lies in two of them, and the one after it in a third. */
const mostPartsOfPage = 3;

/** What people have sent, or are about to, for those kinds of event that a route is about. */
export class ReadMailings {
  constructor(private readonly parts: ReadMailingsParts) {}

  /** A page of what is only previewed. @throws ProblemError `not-found`, also when it was confirmed. */
  async previewed(token: string, { limit, cursor = '' }: Page): Promise<AccountPreviewList> {
    const mailing = await this.parts.mailings.find(token);
    if (mailing?.state !== 'previewed') throw new ProblemError('not-found', 'No preview has this token.');
    const parts = await this.parts.mailings.partsAfter(mailing.list, cursor, mostPartsOfPage);
    const after = parts.flatMap(({ preview }) => preview ?? []).filter(({ account }) => account > cursor);
    const items = after.slice(0, limit);
    return { items, nextCursor: after.length > limit ? (items.at(-1)?.account ?? null) : null };
  }

  async list(kinds: readonly EventKind[], { limit, cursor }: Page): Promise<MailingList> {
    const found = await this.parts.mailings.list(kinds, readCursor(cursor), limit + 1);
    const { page, nextCursor } = pageOf(found, limit, placeOf);
    return { items: page.map(mailingView), nextCursor };
  }

  /** @throws ProblemError `not-found` */
  async one(kinds: readonly EventKind[], id: string): Promise<MailingReport> {
    const mailing = await this.confirmed(kinds, id);
    return { ...mailingView(mailing), progress: await this.parts.mailings.progressOf(id) };
  }

  /** A page of what became of it. @throws ProblemError `not-found` */
  async results(
    kinds: readonly EventKind[],
    id: string,
    { limit, cursor = '' }: Page,
  ): Promise<AccountResultList> {
    const { mailings, dispatches, hash } = this.parts;
    const { list } = await this.confirmed(kinds, id);
    const parts = await mailings.partsAfter(list, cursor, mostPartsOfPage);
    const after = parts.flatMap(({ accounts }) => accounts).filter((account) => account > cursor);
    const items = after.slice(0, limit);
    const events = items.map((account) => ({ account, event: mailingEventOf(id, account, hash) }));
    const ids = events.map(({ event }) => dispatchIdOf(hash, event));
    const [decided, deliveries] = await Promise.all([dispatches.findMany(ids), dispatches.deliveriesOf(ids)]);
    return {
      items: events.map((each, place) => resultOf(each, decided.get(ids[place] ?? ''), deliveries)),
      nextCursor: after.length > limit ? (items.at(-1) ?? null) : null,
    };
  }

  private async confirmed(kinds: readonly EventKind[], id: string): Promise<Mailing> {
    const mailing = await this.parts.mailings.find(id);
    if (mailing === null || mailing.state === 'previewed' || !kinds.includes(mailing.kind))
      throw new ProblemError('not-found', 'Nothing that was sent has this id.');
    return mailing;
  }
}

function resultOf(
  named: Pick<AccountResult, 'account' | 'event'>,
  dispatch: Dispatch | undefined,
  deliveries: readonly Delivery[],
): AccountResult {
  return {
    ...named,
    state: dispatch?.state ?? null,
    reason: dispatch?.suppressed ?? null,
    acknowledgement: dispatch?.acknowledgement
      ? acknowledgementView(dispatch.acknowledgement, dispatch, false)
      : null,
    recipients: deliveries
      .filter((delivery) => delivery.dispatch === dispatch?._id)
      .map(({ address, step, why, state }) => ({ address, step, why, state })),
  };
}

const placeOf = ({ confirmedAt, previewedAt, _id }: Mailing): ListPlace => ({
  at: confirmedAt ?? previewedAt,
  id: _id,
});
