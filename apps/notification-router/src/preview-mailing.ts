import { createHash, randomUUID } from 'node:crypto';
import {
  mailingPartId,
  mostEventBytes,
  type AccountPreview,
  type Audience,
  type ConfirmedBy,
  type EventData,
  type EventKind,
  type Mailing,
  type MailingCounts,
  type MailingPart,
  type MailingPreview,
  type SampleMail,
} from '@signalbox/contracts';
import { ProblemError, sha256Hex, type Clock, type KeyedHash } from '@signalbox/runtime';
import type { AccountPreviews, NamedPreview } from './account-previews.js';
import { mailingEvent } from './mailing-event.js';
import { SampleMails, type RenderSample } from './sample-mails.js';

export interface PreviewMailingParts {
  readonly accounts: Pick<AccountPreviews, 'of'>;
  readonly mailings: {
    insertPart(part: MailingPart): Promise<void>;
    insert(mailing: Mailing): Promise<void>;
  };
  readonly render: RenderSample;
  readonly hash: KeyedHash;
  readonly clock: Clock;
}

/** What a person wants to send, and to whom. */
export interface AskedMailing {
  readonly kind: EventKind;
  readonly data: EventData;
  readonly audience: Audience;
  /** When to begin; absent: at once. */
  readonly sendAt?: Date;
}

/** As long as a preview can be confirmed. */
const livesForMs = 15 * 60_000;
/** Shown at once; the others are asked for by the token, and counted here. */
const mostShown = 50;

/**
 * Shows what would be sent to whom, and stores it for a while: what is confirmed is just this, and if others would be told
 * by then, the difference can be said. Its token is a keyed hash over what was asked, the accounts, their recipients, who
 * asks and until when it holds; it is the id of what is sent, so that confirming twice sends once.
 */
export class PreviewMailing {
  constructor(private readonly parts: PreviewMailingParts) {}

  /** @throws ProblemError `invalid-request` when no account fits, or the content fits into no event. */
  async execute(asked: AskedMailing, by: ConfirmedBy): Promise<MailingPreview> {
    const { mailing, seen } = await this.store(asked, by);
    return {
      token: mailing._id,
      expiresAt: (mailing.expiresAt ?? mailing.previewedAt).toISOString(),
      counts: mailing.counts,
      holes: seen.holes,
      accounts: {
        items: seen.first,
        nextCursor: mailing.counts.accounts > seen.first.length ? (seen.first.at(-1)?.account ?? null) : null,
      },
      mails: this.mailsOf(mailing, seen.samples),
    };
  }

  /** A preview stored, a part at a time, and what of it is shown. */
  async store(
    asked: AskedMailing,
    by: ConfirmedBy,
  ): Promise<{ readonly mailing: Mailing; readonly seen: Seen }> {
    const { accounts, mailings, hash, clock } = this.parts;
    if (Buffer.byteLength(JSON.stringify(asked.data)) > mostEventBytes) throw tooLarge();
    const previewedAt = clock.now();
    const expiresAt = new Date(previewedAt.getTime() + livesForMs);
    const list = randomUUID();
    const seen = new Seen();
    let number = 0;
    for await (const part of accounts.of(asked, asked.audience)) {
      seen.take(part);
      const preview = part.map((each) => each.preview);
      await mailings.insertPart({
        _id: mailingPartId(list, number),
        ...{ list, number, preview, expiresAt },
        accounts: preview.map(({ account }) => account),
      });
      number += 1;
    }
    if (number === 0) throw nobodyFits();
    const askedHash = askedHashOf(asked);
    const mailing: Mailing = {
      _id: hash(['mailing', askedHash, seen.digest(), by.kind, by.id, expiresAt.toISOString()]),
      ...asked,
      ...{ askedHash, counts: seen.counts, by, state: 'previewed' as const, previewedAt, expiresAt },
      ...{ confirmedAt: null, list, parts: number, nextPart: 0 },
    };
    await mailings.insert(mailing);
    return { mailing, seen };
  }

  private mailsOf(mailing: Mailing, samples: SampleMails): SampleMail[] {
    const now = this.parts.clock.now();
    return samples.render(
      (account) => mailingEvent(mailing, account, now, this.parts.hash),
      (delivery, dispatch) => this.parts.render(delivery, dispatch, now),
    );
  }
}

/** Alike for two requests that ask for the same. */
export const askedHashOf = ({ kind, data, audience, sendAt }: AskedMailing): string =>
  sha256Hex(JSON.stringify([kind, data, audience, sendAt ?? null]));

const tooLarge = (): ProblemError =>
  new ProblemError('invalid-request', 'An event cannot hold that much.', {
    errors: [{ pointer: '/content', code: 'too-long', detail: `It has at most ${mostEventBytes} bytes.` }],
  });

const nobodyFits = (): ProblemError =>
  new ProblemError('invalid-request', 'No account is of this kind.', {
    errors: [{ pointer: '/audience', code: 'invalid-value', detail: 'No account fits.' }],
  });

/** What is kept of all the accounts that went by. */
class Seen {
  readonly samples = new SampleMails();
  readonly first: AccountPreview[] = [];
  readonly holes: string[] = [];
  readonly counts: MailingCounts = { accounts: 0, recipients: 0, fallingBack: 0, holes: 0 };
  private readonly hashed = createHash('sha256');

  take(part: readonly NamedPreview[]): void {
    for (const each of part) {
      const { account, recipients, isHole } = each.preview;
      this.samples.take(each);
      this.hashed.update(
        `${JSON.stringify([account, recipients.map(({ address, step }) => [address, step])])}\n`,
      );
      if (this.first.length < mostShown) this.first.push(each.preview);
      if (isHole && this.holes.length < mostShown) this.holes.push(account);
      this.counts.accounts += 1;
      this.counts.recipients += recipients.length;
      this.counts.fallingBack += recipients.some(({ why }) => why === 'category') ? 0 : 1;
      this.counts.holes += isHole ? 1 : 0;
    }
  }

  digest(): string {
    return this.hashed.digest('hex');
  }
}
