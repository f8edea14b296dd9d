import type { AcceptedEvent, ApiKeyPrincipal, InputError, SignalboxEvent } from '@signalbox/contracts';
import type { Clock } from '@signalbox/runtime';
import { checkEvents, tooLargeError, type RawEvents } from './check-events.js';

/** What became of one event at Kafka. Only `accepted` is a promise; `not-known` may be stored all the same. */
export type PublishResult =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly cause: Error }
  | { readonly outcome: 'not-known'; readonly cause: Error };

/** Answers one result an event, in their order, within the time in which a caller has to be answered. Never rejects. */
export interface EventPublisher {
  publish(events: readonly SignalboxEvent[]): Promise<readonly PublishResult[]>;
}

/** Told of each accepted event: the log line and the count. */
export interface AcceptanceBook {
  note(event: SignalboxEvent): void;
}

export type Acceptance =
  | { readonly outcome: 'accepted'; readonly accepted: readonly AcceptedEvent[] }
  | { readonly outcome: 'invalid' | 'forbidden' | 'too-large'; readonly errors: readonly InputError[] }
  | {
      readonly outcome: 'partly-refused';
      readonly errors: readonly InputError[];
      readonly accepted: readonly AcceptedEvent[];
      readonly refused: readonly AcceptedEvent[];
      readonly cause: Error;
    }
  | {
      readonly outcome: 'not-known';
      readonly accepted: readonly AcceptedEvent[];
      readonly refused: readonly AcceptedEvent[];
      /** As they were stamped, so that posting them again with these ids is safe. */
      readonly notKnown: readonly AcceptedEvent[];
      readonly cause: Error;
    };

/** From events as they were sent to events that are Kafka's: check, stamp, gather, wait for the acknowledgement. */
export class AcceptEvents {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly book: AcceptanceBook,
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {}

  async execute(raw: RawEvents, sender: ApiKeyPrincipal): Promise<Acceptance> {
    const checked = checkEvents(raw, { now: this.clock.now(), newId: this.newId, sender });
    if (checked.outcome !== 'valid') return checked;

    const results = await this.publisher.publish(checked.events);
    const sorted = sortOut(checked.events, results);
    for (const event of sorted.accepted) this.book.note(event);
    return answerOf(sorted, checked.events, raw);
  }
}

interface Sorted {
  readonly accepted: SignalboxEvent[];
  readonly refused: SignalboxEvent[];
  readonly notKnown: SignalboxEvent[];
  /** The first reason for a no, and the first for not knowing. */
  refusal?: Error;
  doubt?: Error;
}

/** An event that has no result is not known to be accepted: nothing is ever taken for granted. */
function sortOut(events: readonly SignalboxEvent[], results: readonly PublishResult[]): Sorted {
  const sorted: Sorted = { accepted: [], refused: [], notKnown: [] };
  events.forEach((event, place) => {
    const result = results[place] ?? {
      outcome: 'not-known',
      cause: new Error('The publisher gave no result.'),
    };
    switch (result.outcome) {
      case 'accepted':
        sorted.accepted.push(event);
        break;
      case 'refused':
        sorted.refused.push(event);
        sorted.refusal ??= result.cause;
        break;
      case 'not-known':
        sorted.notKnown.push(event);
        sorted.doubt ??= result.cause;
        break;
    }
  });
  return sorted;
}

/** What is not known comes before what is refused: that the caller can mend at leisure, this it must post again. */
function answerOf(sorted: Sorted, events: readonly SignalboxEvent[], { mode }: RawEvents): Acceptance {
  const [accepted, refused] = [sorted.accepted.map(named), sorted.refused.map(named)];
  if (sorted.doubt !== undefined) {
    return {
      outcome: 'not-known',
      accepted,
      refused,
      notKnown: sorted.notKnown.map(named),
      cause: sorted.doubt,
    };
  }
  if (sorted.refusal !== undefined) {
    const errors = sorted.refused.map((event) => tooLargeError(mode, events.indexOf(event)));
    return { outcome: 'partly-refused', errors, accepted, refused, cause: sorted.refusal };
  }
  return { outcome: 'accepted', accepted };
}

const named = ({ id, source, kind, account }: SignalboxEvent): AcceptedEvent => ({
  id,
  source,
  kind,
  account,
});
