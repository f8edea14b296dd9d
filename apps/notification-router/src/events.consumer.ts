import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topicsOf } from '@signalbox/contracts';
import { bodyHash, readEventMessage, SetAside, transportOf, type ReceivedBatch } from '@signalbox/messaging';
import type { ReceivedEvent } from './received-event.js';
import { RouteEvents } from './route-events.js';

/** Events from Kafka, a batch at a time, each lane by a consumer of its own. */
@Controller()
export class EventsConsumer {
  constructor(
    private readonly routeEvents: RouteEvents,
    private readonly setAside: SetAside,
  ) {}

  @EventPattern(topicsOf('emergency'), transportOf('emergency'))
  onEmergencies(@Payload() batch: ReceivedBatch): Promise<void> {
    return this.route(batch);
  }

  @EventPattern(topicsOf('standard'), transportOf('standard'))
  onStandard(@Payload() batch: ReceivedBatch): Promise<void> {
    return this.route(batch);
  }

  @EventPattern(topicsOf('bulk'), transportOf('bulk'))
  onBulk(@Payload() batch: ReceivedBatch): Promise<void> {
    return this.route(batch);
  }

  private async route({ records }: ReceivedBatch): Promise<void> {
    const received: ReceivedEvent[] = [];
    const broken = [];
    for (const record of records) {
      const { topic, partition, offset, timestamp } = record;
      const read = readEventMessage(topic, record);
      if (read.ok) {
        const { event } = read;
        received.push({
          event,
          bodyHash: bodyHash(event),
          origin: { topic, partition, offset },
          acceptedAt: timestamp,
        });
      } else {
        broken.push({ record, reason: read.reason, detail: read.detail });
      }
    }
    // Poison last: a batch that has to come again then makes no second letter of it.
    await this.routeEvents.execute(received);
    await this.setAside.execute(broken);
  }
}
