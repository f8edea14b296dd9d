import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topicsOf, type AddressHealth } from '@signalbox/contracts';
import { readAddressHealthMessage, SetAside, transportOf, type ReceivedBatch } from '@signalbox/messaging';
import { ObserveAddresses } from './observe-addresses.js';

/** What mail servers said of addresses, from Kafka, a batch at a time. */
@Controller()
export class AddressHealthConsumer {
  constructor(
    private readonly observe: ObserveAddresses,
    private readonly setAside: SetAside,
  ) {}

  @EventPattern(topicsOf('address-health'), transportOf('address-health'))
  async onBatch(@Payload() { records }: ReceivedBatch): Promise<void> {
    const observed: AddressHealth[] = [];
    const broken = [];
    for (const record of records) {
      const read = readAddressHealthMessage(record);
      if (read.ok) observed.push(read.health);
      else broken.push({ record, reason: read.reason, detail: read.detail });
    }
    await this.observe.execute(observed);
    // Last: a batch that has to come again then makes no second letter of it.
    await this.setAside.execute(broken);
  }
}
