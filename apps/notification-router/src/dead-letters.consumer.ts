import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topicsOf, type DeadLetter } from '@signalbox/contracts';
import { readDeadLetter, transportOf, type ReceivedBatch } from '@signalbox/messaging';

export interface LettersToRecord {
  record(batch: readonly DeadLetter[]): Promise<void>;
}
/** By this name Nest knows them. */
export const lettersToRecord = Symbol('LettersToRecord');

/** What could not be read, from Kafka into the list that people look through. A record that is read twice is one letter. */
@Controller()
export class DeadLettersConsumer {
  constructor(@Inject(lettersToRecord) private readonly letters: LettersToRecord) {}

  @EventPattern(topicsOf('dead-letters'), transportOf('dead-letters'))
  onBatch(@Payload() { records }: ReceivedBatch): Promise<void> {
    return this.letters.record(records.map(readDeadLetter));
  }
}
