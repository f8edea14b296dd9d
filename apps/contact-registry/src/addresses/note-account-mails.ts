import type { AccountMailRecord, AddressHealth, DeliveryState } from '@signalbox/contracts';
import { addressHashParts, observeAddress } from '@signalbox/domain';
import type { KeyedHash } from '@signalbox/runtime';

const mostAtOnce = 1_000;
/** So far back each pass looks again: an end may become visible a little after a later one. Noting it twice is harmless. */
const overlapMs = 60_000;

/**
 * Takes the ends of account mails into what is known of addresses. The worker has no Kafka, and these mails belong to no
 * event, so they are read where they are stored.
 */
export class NoteAccountMails {
  constructor(private readonly parts: NoteAccountMailsParts) {}

  /** One pass, in one registry at a time. */
  async execute(): Promise<void> {
    const { mails, facts } = this.parts;
    let since = new Date((await facts.mailsNotedUntil()).getTime() - overlapMs);
    for (;;) {
      const ended = await mails.endedSince(since, mostAtOnce);
      await this.note(ended);
      const last = ended.at(-1)?.settledAt;
      if (last === undefined) return;
      await facts.noteMailsUntil(last);
      if (ended.length < mostAtOnce || last <= since) return;
      since = last;
    }
  }

  private async note(ended: readonly AccountMailRecord[]): Promise<void> {
    // Of a mail whose address was erased since then nothing is to be known again.
    const standing = ended.filter(
      ({ address, addressHash }) => this.parts.hash(addressHashParts(address)) === addressHash,
    );
    await this.parts.observe.execute(standing.flatMap(healthOf));
    await this.parts.facts.noteTestOutcomes(standing.flatMap(testOutcomeOf));
  }
}

/** A sign-in link of somebody with several accounts is no account's, and says nothing of any. */
function healthOf(mail: AccountMailRecord): AddressHealth[] {
  const { account, addressHash, settledAt } = mail;
  const observation = observeAddress(mail);
  if (observation === undefined || account === null || settledAt === undefined) return [];
  return [{ account: account.id, addressHash, ...observation, at: settledAt.toISOString() }];
}

function testOutcomeOf({ _id: mail, kind, account, addressHash, state, reply }: AccountMailRecord) {
  if (kind !== 'test-mail' || account === null) return [];
  return [{ account: account.id, addressHash, mail, outcome: state, reply: reply ?? null }];
}

export interface TestOutcome {
  readonly account: string;
  readonly addressHash: string;
  readonly mail: string;
  readonly outcome: DeliveryState;
  readonly reply: string | null;
}

export interface NoteAccountMailsParts {
  readonly mails: {
    /** Ended since then, the earliest first. */
    endedSince(since: Date, most: number): Promise<AccountMailRecord[]>;
  };
  readonly observe: { execute(observed: readonly AddressHealth[]): Promise<void> };
  readonly facts: NotedFacts;
  readonly hash: KeyedHash;
}

export interface NotedFacts {
  mailsNotedUntil(): Promise<Date>;
  noteMailsUntil(instant: Date): Promise<void>;
  noteTestOutcomes(outcomes: readonly TestOutcome[]): Promise<void>;
}
