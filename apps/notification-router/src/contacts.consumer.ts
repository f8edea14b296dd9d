import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topicsOf, type AccountSnapshot } from '@signalbox/contracts';
import { readContactUpdatedMessage, SetAside, transportOf, type ReceivedBatch } from '@signalbox/messaging';
import { ApplyContacts } from './apply-contacts.js';
import { FollowInBackground } from './follow-in-background.js';

/** Contact snapshots from Kafka. What is applied is in force once its offset is committed, so nothing else waits here. */
@Controller()
export class ContactsConsumer {
  constructor(
    private readonly apply: ApplyContacts,
    private readonly follow: FollowInBackground,
    private readonly setAside: SetAside,
  ) {}

  @EventPattern(topicsOf('contacts'), transportOf('contacts'))
  async onBatch(@Payload() batch: ReceivedBatch): Promise<void> {
    const snapshots: AccountSnapshot[] = [];
    for (const record of batch.records) {
      const read = readContactUpdatedMessage(record);
      if (read.ok) snapshots.push(read.snapshot);
      else await this.setAside.execute([{ record, reason: read.reason }]);
    }
    this.follow.start(await this.apply.execute(snapshots));
  }
}
