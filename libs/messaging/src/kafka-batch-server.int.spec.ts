import type { Kafka } from 'kafkajs';
import { KafkaBatchServer } from './kafka-batch-server.js';
import { createProducer, type KafkaProducer } from './producer.js';
import { partitionOf } from './partition-of.js';
import { readOffsets } from './read-offsets.js';
import { createKafka } from './kafka-client.js';
import type { ReceivedBatch } from './received-batch.js';
import { log, newTopic, realKafka, unique, until } from './real-kafka.spec.js';

describe('KafkaBatchServer', () => {
  const servers: KafkaBatchServer[] = [];
  let kafka: Kafka;
  let producer: KafkaProducer;

  beforeAll(() => {
    kafka = realKafka();
    producer = createProducer(kafka, { log });
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  afterAll(() => producer.close());

  type Handle = (batch: ReceivedBatch) => Promise<void>;

  async function serve(
    topic: string,
    groupId: string,
    handle: Handle,
    onFatal = fail,
  ): Promise<KafkaBatchServer> {
    const server = new KafkaBatchServer({
      kafka,
      consumer: 'bulk',
      log,
      onFatal,
      subscription: { groupId, topics: [topic] },
    });
    servers.push(server);
    server.addHandler(topic, handle, true);
    await new Promise<void>((resolve, reject) => {
      server.listen((error) => (error === undefined ? resolve() : reject(error)));
    });
    return server;
  }

  const send = (topic: string, key: string, values: readonly string[]) =>
    producer.send(
      topic,
      values.map((value) => ({ key, value, headers: {} })),
    );

  async function committedOf(topic: string, groupId: string, partition = 0): Promise<number | undefined> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return (await readOffsets(admin, topic, groupId)).get(partition)?.committed;
    } finally {
      await admin.disconnect();
    }
  }

  const keepIn =
    (seen: string[]): Handle =>
    (batch) => {
      seen.push(...valuesOf(batch));
      return Promise.resolve();
    };
  const valuesOf = ({ records }: ReceivedBatch) => records.map(({ value }) => value?.toString() ?? '');

  it('gives a new group everything from the first offset, and commits it', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'first'), unique('group')];
    await send(topic, 'acme-tours', ['1', '2', '3']);
    const seen: string[] = [];
    const server = await serve(topic, groupId, keepIn(seen));

    await until(
      () => committedOf(topic, groupId),
      (committed) => committed === 3,
    );
    expect(seen).toEqual(['1', '2', '3']);
    expect(server.isRunning()).toBe(true);
    await expect(server.ping()).resolves.toBeUndefined();
    expect(server.lag()).toEqual({ [`${topic}:0`]: 0 });
  });

  it('goes on after what was committed', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'resume'), unique('group')];
    await send(topic, 'acme-tours', ['1', '2']);
    const first = await serve(topic, groupId, () => Promise.resolve());
    await until(
      () => committedOf(topic, groupId),
      (committed) => committed === 2,
    );
    await first.close();
    await send(topic, 'acme-tours', ['3']);

    const seen: string[] = [];
    await serve(topic, groupId, keepIn(seen));
    await until(
      () => committedOf(topic, groupId),
      (committed) => committed === 3,
    );
    expect(seen).toEqual(['3']);
  });

  it('pauses only the partition whose handler throws, skips nothing and keeps the order', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'pause', 2), unique('group')];
    const [bad, good] = keysOfDifferentPartitions();
    const stored: Record<string, string[]> = { [bad]: [], [good]: [] };
    let failures = 0;
    let goodWhileBad = 0;
    const server = await serve(topic, groupId, (batch) => {
      const key = batch.records[0]?.key ?? '';
      if (key === bad && failures < 3) {
        failures += 1;
        return Promise.reject(new Error('The database is away.'));
      }
      if (key === good && failures < 3) goodWhileBad += 1;
      stored[key]?.push(...valuesOf(batch));
      return Promise.resolve();
    });

    await send(topic, bad, ['b1', 'b2']);
    await until(
      () => failures,
      (count) => count >= 1,
    );
    await send(topic, good, ['g1']);
    await until(
      () => stored[good],
      (values) => values?.length === 1,
    );
    await send(topic, bad, ['b3']);
    await send(topic, good, ['g2']);
    await until(
      () => stored[bad],
      (values) => values?.length === 3,
    );
    await until(
      () => stored[good],
      (values) => values?.length === 2,
    );

    expect(stored).toEqual({ [bad]: ['b1', 'b2', 'b3'], [good]: ['g1', 'g2'] });
    expect(failures).toBe(3);
    expect(goodWhileBad).toBeGreaterThanOrEqual(1);
    await until(
      () => server.lag(),
      (lag) => Object.values(lag).every((records) => records === 0),
    );
    expect(await committedOf(topic, groupId, partitionOf(bad, 2))).toBe(3);
  });

  it('commits nothing of a batch whose handler throws, and says how far behind it is', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'uncommitted'), unique('group')];
    await send(topic, 'acme-tours', ['1', '2']);
    let failures = 0;
    const server = await serve(topic, groupId, () => {
      failures += 1;
      return Promise.reject(new Error('never'));
    });
    await until(
      () => failures,
      (count) => count >= 2,
    );
    expect(await committedOf(topic, groupId)).toBe(0);
    expect(server.lag()).toEqual({ [`${topic}:0`]: 2 });
  });

  it('hands over at most 500 records at once, in order, and commits each slice', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'slices'), unique('group')];
    const values = Array.from({ length: 1_201 }, (_, number) => String(number));
    await send(topic, 'acme-tours', values);
    const sizes: number[] = [];
    const seen: string[] = [];
    let failOnce = true;
    await serve(topic, groupId, (batch) => {
      if (seen.length === 500 && failOnce) {
        failOnce = false;
        return Promise.reject(new Error('The second slice fails once.'));
      }
      sizes.push(batch.records.length);
      seen.push(...valuesOf(batch));
      return Promise.resolve();
    });
    await until(
      () => committedOf(topic, groupId),
      (committed) => committed === 1_201,
    );
    expect(seen).toEqual(values);
    expect(Math.max(...sizes)).toBe(500);
  });

  it('keeps its place in the group while a handler takes longer than a session', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'long'), unique('group')];
    await send(topic, 'acme-tours', ['1']);
    let calls = 0;
    const server = await serve(topic, groupId, async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 8_000)); // Longer than the session's 6 s, which is the point.
    });
    await until(
      () => committedOf(topic, groupId),
      (committed) => committed === 1,
    );
    expect(calls).toBe(1);
    expect(server.isRunning()).toBe(true);
  });

  it('lets a running handler finish and commits its work before it closes', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'close'), unique('group')];
    await send(topic, 'acme-tours', ['1']);
    let begun = false;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const server = await serve(topic, groupId, async () => {
      begun = true;
      await held;
    });
    await until(
      () => begun,
      (yes) => yes,
    );
    const closing = server.close();
    letGo();
    await closing;
    expect(await committedOf(topic, groupId)).toBe(1);
    expect(server.isRunning()).toBe(false);
  });

  it('shares the partitions with a second member, and skips nothing while members come and go', async () => {
    const [topic, groupId] = [await newTopic(kafka, 'members', 4), unique('group')];
    const seen = new Set<string>();
    const take: Handle = (batch) => {
      for (const value of valuesOf(batch)) seen.add(value);
      return Promise.resolve();
    };
    await serve(topic, groupId, take);
    const wanted = Array.from({ length: 400 }, (_, number) => `v${number}`);
    const sending = (async () => {
      for (const value of wanted) await send(topic, value, [value]);
    })();
    const second = await serve(topic, groupId, take);
    await until(
      () => second.isRunning(),
      (running) => running,
    );
    await second.close();
    await sending;
    await until(
      () => seen.size,
      (size) => size === wanted.length,
    );
    expect([...seen].sort()).toEqual([...wanted].sort());
  });

  it('refuses to start when its handlers are not those of the table, and names the difference', async () => {
    const server = new KafkaBatchServer({ kafka, consumer: 'bulk', log, onFatal: fail });
    server.addHandler('signalbox.emergencies', () => Promise.resolve(undefined as never), true);
    const error = await new Promise<Error | undefined>((resolve) => server.listen(resolve));
    expect(error?.message).toContain('signalbox.migration-notices has no handler');
    expect(error?.message).toContain('signalbox.emergencies does not belong to it');
  });

  it('starts while Kafka is away, is not ready, and ends nothing', async () => {
    const away = createKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec', log });
    const topic = unique('away');
    const server = new KafkaBatchServer({
      kafka: away,
      consumer: 'bulk',
      log,
      onFatal: fail,
      subscription: { groupId: unique('group'), topics: [topic] },
    });
    servers.push(server);
    server.addHandler(topic, () => Promise.resolve(undefined as never), true);
    await expect(new Promise((resolve) => server.listen(resolve))).resolves.toBeUndefined();
    await expect(server.ping()).rejects.toThrow('not in its group');
  });

  it('begins by itself once its topic is there', async () => {
    const topic = unique('late');
    const groupId = unique('group');
    const seen: string[] = [];
    const server = await serve(topic, groupId, keepIn(seen));
    expect(server.isRunning()).toBe(false);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    await admin.disconnect();
    await send(topic, 'acme-tours', ['1']);
    await until(
      () => seen,
      (values) => values.length === 1,
    );
    expect(seen).toEqual(['1']);
  });
});

function fail(error: Error): never {
  throw error;
}

function keysOfDifferentPartitions(): [string, string] {
  const second = ['b', 'c', 'd', 'e', 'f'].find((key) => partitionOf(key, 2) !== partitionOf('a', 2));
  if (second === undefined) throw new Error('All keys go to one partition.');
  return ['a', second];
}
