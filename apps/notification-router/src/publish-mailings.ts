import type { EventKind, Mailing, MailingPart, SignalboxEvent } from '@signalbox/contracts';
import type { Clock, KeyedHash, Log } from '@signalbox/runtime';
import { mostInPart } from './account-previews.js';
import { mailingEvent } from './mailing-event.js';

export interface PublishMailingsParts {
  readonly mailings: {
    toPublish(kinds: readonly EventKind[], most: number): Promise<readonly Mailing[]>;
    findPart(list: string, number: number): Promise<MailingPart | null>;
    partPublished(mailing: Mailing): Promise<void>;
    /** How many accounts are decided, and how many mails have not been tried yet. */
    underWay(id: string): Promise<{ readonly decided: number; readonly untried: number }>;
  };
  /** Resolves when Kafka has acknowledged all of them. */
  readonly events: { publish(events: readonly SignalboxEvent[]): Promise<void> };
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly log: Log;
}

const mostAtOnce = 20;
/** So much of a notice may be on its way: what is published cannot be paused any more. */
const mostUnderWay = 2_000;
/** Each account's event repeats the content: so much of it may be on its way at a time. */
const mostBytesAtOnce = 8 * 1024 * 1024;

/**
 * Publishes what people have confirmed: one event an account, a part of each at a time, so that none waits for another to
 * end. What is published is stored after it is: who dies in between publishes a part again, with the same ids, which tells
 * nobody twice.
 */
export class PublishMailings {
  constructor(private readonly parts: PublishMailingsParts) {}

  /** @returns whether there may be more. */
  async execute(kinds: readonly EventKind[]): Promise<boolean> {
    let hasPublished = false;
    for (const mailing of await this.parts.mailings.toPublish(kinds, mostAtOnce)) {
      const line = { mailing: mailing._id, kind: mailing.kind, part: mailing.nextPart, parts: mailing.parts };
      try {
        if (await this.hasEnoughUnderWay(mailing)) continue;
        await this.publishPart(mailing);
        hasPublished = true;
        this.parts.log.info({ event: 'mailing.part-published', ...line }, 'mailing.part-published');
      } catch (err) {
        this.parts.log.error({ event: 'mailing.not-published', ...line, err }, 'mailing.not-published');
      }
    }
    return hasPublished;
  }

  /** An emergency waits for nothing. */
  private async hasEnoughUnderWay({ _id, kind, nextPart }: Mailing): Promise<boolean> {
    if (kind === 'emergency' || nextPart === 0) return false;
    const { decided, untried } = await this.parts.mailings.underWay(_id);
    return nextPart * mostInPart - decided + untried > mostUnderWay;
  }

  private async publishPart(mailing: Mailing): Promise<void> {
    const { mailings, events, hash, clock } = this.parts;
    const part = await mailings.findPart(mailing.list, mailing.nextPart);
    if (part === null) throw new Error(`part ${mailing.nextPart} of ${mailing._id} is not there`);
    const atOnce = Math.max(1, Math.floor(mostBytesAtOnce / JSON.stringify(mailing.data).length));
    for (let from = 0; from < part.accounts.length; from += atOnce) {
      const now = clock.now();
      const accounts = part.accounts.slice(from, from + atOnce);
      await events.publish(accounts.map((account) => mailingEvent(mailing, account, now, hash)));
    }
    await mailings.partPublished(mailing);
  }
}
