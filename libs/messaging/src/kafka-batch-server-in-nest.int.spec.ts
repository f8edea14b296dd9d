import { Controller, type INestApplication } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import type { ConsumerName } from '@signalbox/contracts';
import type { Kafka } from 'kafkajs';
import { KafkaBatchServer, transportOf } from './kafka-batch-server.js';
import { createProducer, type KafkaProducer } from './producer.js';
import type { ReceivedBatch } from './received-batch.js';
import { log, newTopic, realKafka, unique, until } from './real-kafka.spec.js';

// Two consumers in one application, as the router has four: each must get its own topics and nothing of the other's.
const bulkTopic = unique('nest-bulk');
const emergencyTopic = unique('nest-emergency');
const seen: Record<string, string[]> = { bulk: [], emergency: [] };
let failuresLeft = 2;

@Controller()
class SpecConsumer {
  @EventPattern<string>(bulkTopic, transportOf('bulk'))
  bulk(@Payload() { records }: ReceivedBatch): Promise<void> {
    seen.bulk?.push(...records.map(({ value }) => String(value)));
    return Promise.resolve();
  }

  @EventPattern<string>(emergencyTopic, transportOf('emergency'))
  emergency(@Payload() { records }: ReceivedBatch): Promise<void> {
    if (failuresLeft > 0) {
      failuresLeft -= 1;
      return Promise.reject(new Error('The database is away.'));
    }
    seen.emergency?.push(...records.map(({ value }) => String(value)));
    return Promise.resolve();
  }
}

describe('KafkaBatchServer in a Nest application', () => {
  let kafka: Kafka;
  let producer: KafkaProducer;
  let app: INestApplication;

  const serverOf = (consumer: ConsumerName, topic: string) =>
    new KafkaBatchServer({
      kafka,
      consumer,
      log,
      onFatal: (error) => {
        throw error;
      },
      subscription: { groupId: unique('group'), topics: [topic] },
    });

  beforeAll(async () => {
    kafka = realKafka();
    producer = createProducer(kafka, { log });
    await newTopic(kafka, 'nest-bulk', 1, bulkTopic);
    await newTopic(kafka, 'nest-emergency', 1, emergencyTopic);
    const module = await Test.createTestingModule({ controllers: [SpecConsumer] }).compile();
    app = module.createNestApplication({ logger: false });
    app.connectMicroservice({ strategy: serverOf('bulk', bulkTopic) });
    app.connectMicroservice({ strategy: serverOf('emergency', emergencyTopic) });
    await app.startAllMicroservices();
  });
  afterAll(async () => {
    await app.close();
    await producer.close();
  });

  it('calls each handler with whole batches of its own topic, again after it has rejected', async () => {
    const numbers = ['1', '2', '3'].map((value) => ({ key: 'acme-tours', value, headers: {} }));
    await Promise.all([producer.send(bulkTopic, numbers), producer.send(emergencyTopic, numbers)]);
    await until(
      () => seen,
      ({ bulk, emergency }) => bulk?.length === 3 && emergency?.length === 3,
    );
    expect(seen).toEqual({ bulk: ['1', '2', '3'], emergency: ['1', '2', '3'] });
    expect(failuresLeft).toBe(0);
  });

  it('does not start an application whose handlers differ from the table', async () => {
    const module = await Test.createTestingModule({ controllers: [SpecConsumer] }).compile();
    const other = module.createNestApplication({ logger: false });
    other.connectMicroservice({ strategy: serverOf('standard', bulkTopic) });
    await expect(other.startAllMicroservices()).rejects.toThrow(`${bulkTopic} has no handler`);
    await other.close();
  });
});
