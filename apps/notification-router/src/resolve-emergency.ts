import type { ConfirmedBy, EmergencyResolution, Mailing, MailingView } from '@signalbox/contracts';
import { ProblemError, type Clock, type KeyedHash, type Log } from '@signalbox/runtime';
import { mailingView } from './mailing-view.js';

export interface ResolveEmergencyParts {
  readonly mailings: {
    find(id: string): Promise<Mailing | null>;
    /** Once: one that is there stays as it is. */
    insert(mailing: Mailing): Promise<void>;
    resolved(id: string): Promise<void>;
  };
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Ends what an operator has declared: the all-clear is a mailing of its own to the same accounts, and each of its events
 * names what it ends, so that it goes to those who were told. Asked for twice it is the same.
 */
export class ResolveEmergency {
  constructor(private readonly parts: ResolveEmergencyParts) {}

  /** @throws ProblemError `not-found`; `not-published-yet` while its own events are not all with Kafka. */
  async execute(id: string, { summary }: EmergencyResolution, by: ConfirmedBy): Promise<MailingView> {
    const { mailings, log } = this.parts;
    const mailing = await mailings.find(id);
    if (mailing?.kind !== 'emergency' || mailing.state === 'previewed' || mailing.resolves !== undefined)
      throw new ProblemError('not-found', 'No emergency has this id.');
    if (mailing.state !== 'published')
      throw new ProblemError('not-published-yet', 'It is still being published: resolve it in a moment.');
    const allClear = this.allClearOf(mailing, summary, by);
    await mailings.insert(allClear);
    await mailings.resolved(id);
    const line = { event: 'mailing.resolved', mailing: id, allClear: allClear._id, by: by.id };
    log.info(line, 'mailing.resolved');
    return mailingView((await mailings.find(allClear._id)) ?? allClear);
  }

  private allClearOf(ended: Mailing, summary: string | undefined, by: ConfirmedBy): Mailing {
    const { _id, kind, data, audience, askedHash, counts, list, parts } = ended;
    const now = this.parts.clock.now();
    const { environment, title } = data;
    return {
      _id: this.parts.hash(['all-clear', _id]),
      ...{ kind, audience, askedHash, counts, list, parts, by, resolves: _id },
      data: { environment, title, ...(summary !== undefined && { summary }) },
      ...{ state: 'confirmed' as const, previewedAt: now, confirmedAt: now, nextPart: 0 },
    };
  }
}
