import type {
  DeadLetter,
  DeadLetterList,
  DeadLetterListQuery,
  DeadLetterSummary,
  DeadLetterView,
} from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';
import { pageOf, readCursor, type ListPlace } from './list-cursor.js';

export interface ReadDeadLettersParts {
  find(ids: readonly string[]): Promise<readonly DeadLetter[]>;
  list(
    query: Omit<DeadLetterListQuery, 'cursor'>,
    after: ListPlace | undefined,
  ): Promise<readonly DeadLetter[]>;
}

export const noSuchLetter = 'No dead letter has this id; they are kept for 90 days.';

/** What could not be read, for people to look at. */
export class ReadDeadLetters {
  constructor(private readonly letters: ReadDeadLettersParts) {}

  async list({ cursor, ...query }: DeadLetterListQuery): Promise<DeadLetterList> {
    const found = await this.letters.list({ ...query, limit: query.limit + 1 }, readCursor(cursor));
    const { page, nextCursor } = pageOf(found, query.limit, ({ failedAt: at, _id: id }) => ({ at, id }));
    return { items: page.map(toSummary), nextCursor };
  }

  /** @throws ProblemError `not-found`. */
  async one(id: string): Promise<DeadLetterView> {
    const [letter] = await this.letters.find([id]);
    if (letter === undefined) throw new ProblemError('not-found', noSuchLetter);
    return deadLetterView(letter);
  }
}

/** One letter with its bytes. */
export function deadLetterView(letter: DeadLetter): DeadLetterView {
  const { key, headers, value } = letter;
  return {
    ...toSummary(letter),
    key,
    headers: Object.fromEntries(headers.map(({ name, text }) => [name, text])),
    encoding: value?.encoding ?? null,
    value: value?.text ?? null,
  };
}

function toSummary(letter: DeadLetter): DeadLetterSummary {
  const { _id: id, reason, from, failedAt, value, truncatedFrom, state, handled } = letter;
  return {
    id,
    reason,
    from,
    failedAt: failedAt.toISOString(),
    bytes: value === null ? 0 : Buffer.byteLength(value.text, value.encoding),
    truncatedFrom,
    state,
    handled: handled && { ...handled, at: handled.at.toISOString() },
  };
}
