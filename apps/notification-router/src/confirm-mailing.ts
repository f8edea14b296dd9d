import type { AccountPreview, ConfirmedBy, Mailing, MailingPart, MailingView } from '@signalbox/contracts';
import { ProblemError, type Clock, type Log } from '@signalbox/runtime';
import { comparePreviews, type Difference } from './compare-previews.js';
import { mailingView } from './mailing-view.js';
import { askedHashOf, type AskedMailing, type PreviewMailing } from './preview-mailing.js';

export interface ConfirmMailingParts {
  readonly mailings: {
    find(id: string): Promise<Mailing | null>;
    findPart(list: string, number: number): Promise<MailingPart | null>;
    /** How many parts of a list still say who would be told. */
    countPreviewed(list: string): Promise<number>;
    /** @returns false when it was confirmed already. */
    confirm(mailing: Pick<Mailing, '_id' | 'list'>): Promise<boolean>;
  };
  readonly preview: Pick<PreviewMailing, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A person has seen what would be sent to whom, and says yes. From then on it is stored that it is to be sent, and a pass
 * publishes it; saying yes again changes nothing.
 */
export class ConfirmMailing {
  constructor(private readonly parts: ConfirmMailingParts) {}

  /** @throws ProblemError `preview-unknown` | `preview-differs` | `preview-expired` | `recipients-changed` */
  async execute(token: string, asked: AskedMailing, by: ConfirmedBy): Promise<MailingView> {
    const { mailings, clock } = this.parts;
    const mailing = await mailings.find(token);
    if (mailing === null || mailing.resolves !== undefined)
      throw new ProblemError('preview-unknown', 'Preview it first, and send the token that this answers.');
    if (mailing.askedHash !== askedHashOf(asked) || mailing.by.kind !== by.kind || mailing.by.id !== by.id)
      throw new ProblemError('preview-differs', 'Preview just what you send, as the one who sends it.');
    if (mailing.state !== 'previewed') return mailingView(mailing);
    if (mailing.expiresAt === undefined || mailing.expiresAt <= clock.now()) throw previewExpired();
    await this.refuseOthers(mailing, asked, by);
    await this.confirm(mailing);
    const stored = await mailings.find(token);
    // An erasure forgets previews: what is not stored as confirmed must not be told to be.
    if (stored === null || stored.state === 'previewed') throw previewExpired();
    return mailingView(stored);
  }

  /** Previews it anew: if others would be told, that one is what is left to confirm. */
  private async refuseOthers(mailing: Mailing, asked: AskedMailing, by: ConfirmedBy): Promise<void> {
    const anew = await this.parts.preview.store(asked, by);
    const difference = await comparePreviews(this.previewsOf(mailing), this.previewsOf(anew.mailing));
    if (difference.count === 0) return;
    // Who was to be told is gone as soon as somebody confirms it: then it was compared there, a moment ago.
    const isWhole = (await this.parts.mailings.countPreviewed(mailing.list)) === mailing.parts;
    if (isWhole) throw recipientsChanged(difference, anew.mailing);
  }

  private async confirm(mailing: Mailing): Promise<void> {
    const { _id, kind, by, counts } = mailing;
    if (!(await this.parts.mailings.confirm(mailing))) return;
    const line = { event: 'mailing.confirmed', mailing: _id, kind, by: by.id, ...counts };
    this.parts.log.info(line, 'mailing.confirmed');
  }

  private async *previewsOf({ list, parts }: Mailing): AsyncGenerator<AccountPreview> {
    for (let number = 0; number < parts; number++) {
      const part = await this.parts.mailings.findPart(list, number);
      yield* part?.preview ?? [];
    }
  }
}

const previewExpired = (): ProblemError =>
  new ProblemError('preview-expired', 'It cannot be confirmed any more: preview it again.');

function recipientsChanged({ count, changes }: Difference, { _id, expiresAt }: Mailing): ProblemError {
  return new ProblemError(
    'recipients-changed',
    `Of ${count} accounts others would be told than in the preview. Look, and confirm with the new token.`,
    { extra: { token: _id, expiresAt: expiresAt?.toISOString(), changed: count, changes } },
  );
}
