import { consumersOf, type ConsumerName, type ConsumingProcess } from '@signalbox/contracts';
import type { Log } from '@signalbox/runtime';
import type { Kafka } from 'kafkajs';
import { KafkaBatchServer } from './kafka-batch-server.js';

export interface ConsumerServer {
  readonly consumer: ConsumerName;
  readonly server: KafkaBatchServer;
}

/** One server for each consumer that the table gives to a process. One that will not come back ends the process. */
export function createBatchServers(kafka: Kafka, of: ConsumingProcess, log: Log): ConsumerServer[] {
  return consumersOf(of).map((consumer) => ({
    consumer,
    server: new KafkaBatchServer({
      kafka,
      consumer,
      log,
      onFatal: (err) => {
        // A consumer that will not restart leaves its partitions to nobody as long as this process lives.
        log.fatal({ event: 'consumer.dead', consumer, err }, 'consumer.dead');
        process.exit(1);
      },
    }),
  }));
}
