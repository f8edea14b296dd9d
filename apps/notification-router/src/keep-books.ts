import type { DeliveryState, Ledger } from '@signalbox/contracts';
import type { Clock } from '@signalbox/runtime';
import { dayOf } from './to-dispatch.js';

export interface PartitionOffsets {
  readonly topic: string;
  readonly partition: number;
  /** The first offset Kafka still holds, and the one the next record will get. */
  readonly first: number;
  readonly end: number;
  /** What the router will read next; the first offset where it has committed nothing. */
  readonly committed: number;
}
export interface KeepBooksParts {
  /** Of every partition of every event topic. */
  readonly offsets: { read(): Promise<readonly PartitionOffsets[]> };
  readonly books: {
    countOf(range: PartitionOffsets): Promise<{ dispatches: number; exceptions: number }>;
    recipients(today: string): Promise<{ decided: number; byState: Record<DeliveryState, number> }>;
  };
  readonly clock: Clock;
}

type PartitionLine = Ledger['events']['partitions'][number];

/**
 * Both books of the protocol, counted anew from stored facts: every record that was read is a dispatch or an exception,
 * and every recipient decided is a delivery in some state.
 */
export class KeepBooks {
  constructor(private readonly parts: KeepBooksParts) {}

  async execute(): Promise<Ledger> {
    const { clock, books, offsets } = this.parts;
    const partitions = await offsets.read();
    const lines: PartitionLine[] = [];
    for (const range of partitions) lines.push(await this.lineOf(range));
    const recipients = await this.recipients(books);
    const events = lines.reduce((sum, { difference }) => sum + Math.abs(difference), 0);
    return {
      at: clock.now().toISOString(),
      difference: events + Math.abs(recipients.difference),
      accepted: sumOf(partitions, ({ first, end }) => end - first),
      waiting: sumOf(partitions, ({ committed, end }) => end - committed),
      events: {
        difference: events,
        decided: sumOf(lines, ({ dispatches }) => dispatches),
        exceptions: sumOf(lines, ({ exceptions }) => exceptions),
        partitions: lines.filter(({ committed, first }) => committed > first),
      },
      recipients,
    };
  }

  private async lineOf(range: PartitionOffsets): Promise<PartitionLine> {
    const { topic, partition, first, committed } = range;
    const { dispatches, exceptions } = await this.parts.books.countOf(range);
    return {
      topic,
      partition,
      first,
      committed,
      dispatches,
      exceptions,
      difference: committed - first - dispatches - exceptions,
    };
  }

  /** A dispatch is written just before its deliveries: a difference that a second look does not find was that moment. */
  private async recipients(books: KeepBooksParts['books']): Promise<Ledger['recipients']> {
    const looks: Ledger['recipients'][] = [];
    for (let look = 0; look < 3; look++) {
      const { decided, byState } = await books.recipients(dayOf(this.parts.clock.now()));
      const difference = decided - sumOf(Object.values(byState), (count) => count);
      looks.push({ difference, decided, byState });
      if (difference === 0) break;
    }
    return looks.at(-1) ?? { difference: 0, decided: 0, byState: {} as Record<DeliveryState, number> };
  }
}

const sumOf = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);
