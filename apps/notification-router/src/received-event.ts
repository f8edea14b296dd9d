import type { Origin, SignalboxEvent } from '@signalbox/contracts';

/** A record of an event topic that could be read, with where it stands in Kafka and when the broker took it. */
export interface ReceivedEvent {
  readonly event: SignalboxEvent;
  readonly bodyHash: string;
  readonly origin: Origin;
  readonly acceptedAt: Date;
}
