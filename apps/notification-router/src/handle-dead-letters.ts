import type {
  ConfirmedBy,
  DeadLetter,
  DeadLetterHandled,
  DeadLettersReplayed,
  DeadLetterView,
} from '@signalbox/contracts';
import { replayOf, type AddressedMessage } from '@signalbox/messaging';
import { ProblemError, type Clock, type Log } from '@signalbox/runtime';
import { deadLetterView, noSuchLetter } from './read-dead-letters.js';

export interface HandleDeadLettersParts {
  readonly letters: {
    find(ids: readonly string[]): Promise<readonly DeadLetter[]>;
    handle(
      ids: readonly string[],
      state: Exclude<DeadLetter['state'], 'open'>,
      handled: DeadLetterHandled,
    ): Promise<void>;
  };
  readonly topics: { send(message: AddressedMessage): Promise<void> };
  readonly clock: Clock;
  readonly log: Log;
}

type Replayed = DeadLettersReplayed['items'][number];

/** What people do about what could not be read. */
export class HandleDeadLetters {
  constructor(private readonly parts: HandleDeadLettersParts) {}

  /**
   * Has it read once more: the bytes go as they came to the topic that they came from, and from there the way of every
   * event. What had been read meanwhile is a repeat of it; what cannot be read is a letter again. Sent first and marked
   * then: a crash in between leaves it open, and to replay it twice is harmless.
   * @throws ProblemError `not-found`; `not-replayable` for one that came from no topic or of which a part is gone.
   */
  async replay(id: string, by: ConfirmedBy): Promise<DeadLetterView> {
    const letter = await this.find(id);
    const { outcome, detail } = await this.replayOne(letter, by);
    if (outcome === 'not-replayable') throw new ProblemError('not-replayable', detail ?? '');
    return deadLetterView(await this.find(id));
  }

  /** The same for many, one after the other; what became of each. */
  async replayAll(ids: readonly string[], by: ConfirmedBy): Promise<DeadLettersReplayed> {
    const found = new Map((await this.parts.letters.find(ids)).map((letter) => [letter._id, letter]));
    const items: Replayed[] = [];
    for (const id of new Set(ids)) {
      const letter = found.get(id);
      items.push(
        letter ? await this.replayOne(letter, by) : { id, outcome: 'not-found', detail: noSuchLetter },
      );
    }
    return { items };
  }

  /** @throws ProblemError `not-found`; `dead-letter-replayed` for one that was. */
  async discard(id: string, because: string, by: ConfirmedBy): Promise<DeadLetterView> {
    const { state } = await this.find(id);
    if (state === 'replayed')
      throw new ProblemError('dead-letter-replayed', 'It was replayed, so there is nothing to discard.');
    await this.mark(id, 'discarded', by, because);
    return deadLetterView(await this.find(id));
  }

  private async replayOne(letter: DeadLetter, by: ConfirmedBy): Promise<Replayed> {
    const message = replayOf(letter);
    if (message === undefined) {
      const detail =
        letter.truncatedFrom === null
          ? `It was posted to ${letter.from.topic.replace(/^http:/, '')}: whoever sent it has to send it again.`
          : 'A part of it was cut off, so it would not be what was sent.';
      return { id: letter._id, outcome: 'not-replayable', detail };
    }
    await this.parts.topics.send(message);
    await this.mark(letter._id, 'replayed', by, null);
    return { id: letter._id, outcome: 'replayed', detail: null };
  }

  private async mark(
    letter: string,
    state: 'replayed' | 'discarded',
    by: ConfirmedBy,
    because: string | null,
  ): Promise<void> {
    await this.parts.letters.handle([letter], state, { at: this.parts.clock.now(), by, because });
    this.parts.log.info({ event: `dead-letter.${state}`, letter, by: by.id }, `dead-letter.${state}`);
  }

  private async find(id: string): Promise<DeadLetter> {
    const [letter] = await this.parts.letters.find([id]);
    if (letter === undefined) throw new ProblemError('not-found', noSuchLetter);
    return letter;
  }
}
