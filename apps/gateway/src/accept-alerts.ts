import {
  type ApiKeyPrincipal,
  type IntakeAnswer,
  type SignalboxEvent,
  unmappedAccount,
} from '@signalbox/contracts';
import type { Clock, Log } from '@signalbox/runtime';
import type { AcceptanceBook, EventPublisher, PublishResult } from './accept-events.js';
import { type AlertLabels, readAlert } from './alertmanager-events.js';
import { type Monitor, readPosted, type UnreadableReason } from './read-posted.js';

/** Why something that a monitor sent was put aside; the dead letter's reason and the metric's label. */
export type DeadReason = UnreadableReason | 'invalid-event' | 'refused-by-kafka';

/** Keeps what could not be read, as it came. Rejects when it is not known to be kept. */
export interface AlertDeadLetters {
  put(bytes: Buffer, reason: DeadReason): Promise<void>;
}

export type AlertAcceptance =
  | { readonly outcome: 'accepted'; readonly answer: IntakeAnswer }
  | { readonly outcome: 'not-known'; readonly cause: unknown };

export interface AlertSettings {
  readonly labels: AlertLabels;
  /** A body longer than this, in bytes, is not read; a copy of its beginning is kept. */
  readonly mostBytes: number;
}

/**
 * From what a monitor sent to events, one an alert. Nothing in it is ever refused: a monitor does not read answers, and
 * Alertmanager drops for good what was answered 4xx. When anything is not known to be kept, the whole is answered so, and
 * Alertmanager sends all of it again; the ids are the same then.
 */
export class AcceptAlerts {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly deadLetters: AlertDeadLetters,
    private readonly book: AcceptanceBook,
    private readonly clock: Clock,
    private readonly log: Pick<Log, 'warn' | 'error'>,
    private readonly settings: AlertSettings,
  ) {}

  async execute(body: Buffer, sender: ApiKeyPrincipal, monitor: Monitor): Promise<AlertAcceptance> {
    const now = this.clock.now();
    const posted = readPosted(body, monitor, { mostBytes: this.settings.mostBytes, now });
    if (posted.outcome === 'unreadable') {
      return this.settle([], [this.putAside({ bytes: body, ...posted }, sender)], sender);
    }
    const context = { labels: this.settings.labels, sender, now };
    const alerts = posted.alerts.map((alert) => ({
      alert,
      read: readAlert(alert, context),
    }));

    const broken = alerts.flatMap(({ alert, read }) =>
      read.outcome === 'unreadable'
        ? [this.putAside({ bytes: bytesOf(alert), reason: 'invalid-event', ...read }, sender)]
        : [],
    );
    const readable = alerts.flatMap(({ alert, read }) =>
      read.outcome === 'event' ? [{ alert, ...read }] : [],
    );
    const results = await this.publisher.publish(readable.map(({ event }) => event));
    const published = readable.map((one, place) => ({ ...one, result: results[place] ?? noResult }));
    const refused = published.flatMap(({ alert, result }) => {
      if (result.outcome !== 'refused') return [];
      const { message: detail } = result.cause;
      return [this.putAside({ bytes: bytesOf(alert), reason: 'refused-by-kafka', detail }, sender)];
    });
    return this.settle(published, [...broken, ...refused], sender);
  }

  /** Waits until everything is kept one way or the other, and says what became of it. */
  private async settle(
    published: readonly { readonly event: SignalboxEvent; readonly result: PublishResult }[],
    puttingAside: readonly Promise<PutAside>[],
    sender: ApiKeyPrincipal,
  ): Promise<AlertAcceptance> {
    const accepted = published
      .filter(({ result }) => result.outcome === 'accepted')
      .map(({ event }) => event);
    for (const event of accepted) this.book.note(event);

    const dead = await Promise.all(puttingAside);
    if (dead.length > 0) this.alarm(dead, accepted.length, sender);
    const doubts = [...published.map(({ result }) => result), ...dead].filter(isDoubt);
    if (doubts[0] !== undefined) return { outcome: 'not-known', cause: doubts[0].cause };
    const unmapped = accepted.filter(({ account }) => account === unmappedAccount).length;
    return {
      outcome: 'accepted',
      answer: { accepted: accepted.length, unmapped, deadLettered: dead.length },
    };
  }

  /** Nobody is told of what cannot be read, so somebody has to look; once a call, for a call can hold thousands. */
  private alarm(dead: readonly PutAside[], accepted: number, sender: ApiKeyPrincipal): void {
    const reasons: Partial<Record<DeadReason, number>> = {};
    for (const { reason } of dead) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const deadLettered = dead.filter(({ outcome }) => outcome === 'kept').length;
    const counts = { accepted, deadLettered, notKept: dead.length - deadLettered, reasons };
    this.log.error(
      { event: 'operator.alarm', alarm: 'monitor-unreadable', key: sender.id, ...counts },
      'operator.alarm',
    );
  }

  /** Never rejects: it runs beside the publishing, and nobody would hear it. */
  private async putAside({ bytes, reason, detail }: DeadAlert, sender: ApiKeyPrincipal): Promise<PutAside> {
    this.log.warn({ event: 'alert.unreadable', reason, detail, key: sender.id }, 'alert.unreadable');
    try {
      await this.deadLetters.put(bytes, reason);
      return { outcome: 'kept', reason };
    } catch (cause) {
      return { outcome: 'not-known', reason, cause };
    }
  }
}

interface DeadAlert {
  readonly bytes: Buffer;
  readonly reason: DeadReason;
  readonly detail: string;
}

type Doubt = { readonly outcome: 'not-known'; readonly cause: unknown };
type PutAside = ({ readonly outcome: 'kept' } | Doubt) & { readonly reason: DeadReason };

const isDoubt = <T extends PublishResult | PutAside>(end: T): end is T & Doubt => end.outcome === 'not-known';

const noResult: PublishResult = { outcome: 'not-known', cause: new Error('The publisher gave no result.') };

const bytesOf = (alert: unknown): Buffer => Buffer.from(JSON.stringify(alert));
