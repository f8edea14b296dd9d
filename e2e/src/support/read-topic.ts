import { Kafka, logLevel } from 'kafkajs';

export interface TopicRecord {
  readonly key: string | null;
  readonly value: string;
  /** Names and values. */
  readonly headers: Readonly<Record<string, string>>;
}

const clientOf = (broker: string): Kafka =>
  new Kafka({ clientId: 'spec', brokers: [broker], logLevel: logLevel.NOTHING });

/** Every record that stands in the topic now, each partition in its order. */
export async function readTopic(broker: string, topic: string): Promise<TopicRecord[]> {
  const kafka = clientOf(broker);
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const unread = new Map(
    offsets
      .filter(({ low, high }) => Number(high) > Number(low))
      .map(({ partition, high }) => [partition, Number(high)]),
  );
  if (unread.size === 0) return [];

  const records: TopicRecord[] = [];
  const consumer = kafka.consumer({ groupId: `spec-${Date.now()}-${Math.random()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: ({ partition, message: { key, value, headers = {}, offset } }) => {
          const texts = Object.entries(headers).map(([name, held]) => [name, String(held)]);
          records.push({
            key: key?.toString() ?? null,
            value: value?.toString() ?? '',
            headers: Object.fromEntries(texts) as Record<string, string>,
          });
          if (Number(offset) + 1 >= (unread.get(partition) ?? 0)) unread.delete(partition);
          if (unread.size === 0) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}

/** Produces one record, as anybody with a Kafka client could. */
export async function produceTo(broker: string, topic: string, record: Partial<TopicRecord>): Promise<void> {
  const producer = clientOf(broker).producer();
  await producer.connect();
  const { key = null, value = '', headers = {} } = record;
  await producer.send({ topic, messages: [{ key, value, headers: { ...headers } }] });
  await producer.disconnect();
}
