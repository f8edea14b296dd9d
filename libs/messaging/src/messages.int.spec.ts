import { randomUUID } from 'node:crypto';
import {
  deadLetterHeaders,
  eventType,
  topicNames,
  topics,
  type AccountSnapshot,
  type SignalboxEvent,
} from '@signalbox/contracts';
import { Partitioners, type Kafka, type KafkaMessage } from 'kafkajs';
import { createContactOffsets } from './contact-offsets.js';
import { contactUpdatedMessage, readContactUpdatedMessage } from './contact-updated-message.js';
import { createTopics } from './create-topics.js';
import { createDeadLetters, truncatedHeader } from './dead-letters.js';
import { eventMessage, readEventMessage } from './event-message.js';
import { createEventOffsets } from './event-offsets.js';
import { createGatheredProducer } from './gathered-producer.js';
import { createKafka } from './kafka-client.js';
import { partitionOf } from './partition-of.js';
import { createProducer, NotKnownToBeAccepted, RefusedByKafka, type KafkaProducer } from './producer.js';
import { log, newTopic, realKafka, topicRow, unique, until } from './real-kafka.spec.js';

type Landed = KafkaMessage & {
  readonly partition: number;
};

describe('messages on a real broker', () => {
  let kafka: Kafka;
  let producer: KafkaProducer;

  beforeAll(async () => {
    kafka = realKafka();
    producer = createProducer(kafka, { log });
    await createTopics(kafka, topics);
  });
  afterAll(() => producer.close());

  /** Reads a topic from its beginning until as many records as asked for pass the test. */
  async function landed(
    topic: string,
    count: number,
    isOurs: (message: Landed) => boolean = () => true,
  ): Promise<Landed[]> {
    const consumer = kafka.consumer({ groupId: unique('reader') });
    const found: Landed[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: ({ partition, message }) => {
        const landedMessage = { ...message, partition } as Landed;
        if (isOurs(landedMessage)) found.push(landedMessage);
        return Promise.resolve();
      },
    });
    try {
      return await until(
        () => found,
        (messages) => messages.length >= count,
      );
    } finally {
      await consumer.disconnect();
    }
  }

  const asReceived = (message: KafkaMessage) => ({
    key: message.key?.toString() ?? null,
    value: message.value,
    headers: message.headers ?? {},
    timestamp: new Date(Number(message.timestamp)),
  });

  it('acknowledges each of many events published at once, and each can be read again', async () => {
    const gathered = createGatheredProducer(producer, { timeoutMs: 4_000 });
    const run = randomUUID();
    const events = Array.from({ length: 250 }, (_, number) =>
      anEmergency(`${run}-${number}`, `account-${number % 7}`),
    );
    await Promise.all(
      events.map((event) => {
        const { topic, message } = eventMessage(event);
        return gathered.publish(topic, message);
      }),
    );
    const messages = await landed(topics_.emergencies, 250, (message) =>
      headerOf(message, 'ce_id').startsWith(run),
    );
    const read = messages.map((message) => readEventMessage(topics_.emergencies, asReceived(message)));
    const ids = read.map((each) => (each.ok ? each.event.id : each.reason)).sort();
    expect(ids).toEqual(events.map(({ id }) => id).sort());
    for (const message of messages) {
      expect(message.partition).toBe(partitionOf(message.key?.toString() ?? '', 12));
    }
  });

  it('refuses what is too large for Kafka and lets its neighbours through', async () => {
    const topic = await newTopic(kafka, 'large');
    const gathered = createGatheredProducer(producer, { timeoutMs: 4_000 });
    const answers = await Promise.allSettled(
      ['a'.repeat(1000), 'b'.repeat(1_100_000), 'c'.repeat(1000)].map((value) =>
        gathered.publish(topic, { key: 'acme-tours', value, headers: {} }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const [, refused] = answers as [unknown, PromiseRejectedResult];
    expect(refused.reason).toBeInstanceOf(RefusedByKafka);
    expect((refused.reason as RefusedByKafka).reason).toBe('MESSAGE_TOO_LARGE');
  });

  it('says within its time limit that a send is not known to be accepted, while Kafka is away', async () => {
    const away = createProducer(createKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec', log }), { log });
    const began = performance.now();
    const sending = away.send('anything', [{ key: 'a', value: 'b', headers: {} }], 500);
    await expect(sending).rejects.toBeInstanceOf(NotKnownToBeAccepted);
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(away.ping()).rejects.toThrow();
    await away.close();
  });

  it('answers a ping while Kafka is there', async () => {
    await expect(producer.ping()).resolves.toBeUndefined();
  });

  it("puts a key where kafkajs's own default puts it", async () => {
    const topic = await newTopic(kafka, 'partitions', 12);
    const keys = [
      'acme-tours',
      'nova-stays',
      'bistro-uno',
      '21',
      'foobar',
      'añejo',
      '(unmapped)',
      'a',
      'ab',
      'abc',
    ];
    const foreign = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await foreign.connect();
    await foreign.send({ topic, messages: keys.map((key) => ({ key, value: 'x' })) });
    await foreign.disconnect();
    const messages = await landed(topic, keys.length);
    expect(Object.fromEntries(messages.map(({ key, partition }) => [key?.toString(), partition]))).toEqual(
      Object.fromEntries(keys.map((key) => [key, partitionOf(key, 12)])),
    );
  });

  it('reads a foreign event alike in binary and in structured mode', async () => {
    const run = randomUUID();
    const data = { environment: 'production', title: 'Integration disabled' };
    const attributes = {
      specversion: '1.0',
      id: run,
      source: '/foreign',
      type: eventType('emergency'),
      subject: 'acme-tours',
    };
    const foreign = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await foreign.connect();
    await foreign.send({
      topic: topics_.emergencies,
      messages: [
        {
          key: null,
          value: JSON.stringify(data),
          headers: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [`ce_${name}`, Buffer.from(value)]),
          ),
        },
        { key: null, value: JSON.stringify({ ...attributes, data }) },
        {
          key: null,
          value: JSON.stringify({ ...attributes, data }),
          headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
        },
      ],
    });
    await foreign.disconnect();
    const messages = await landed(
      topics_.emergencies,
      3,
      (message) => headerOf(message, 'ce_id') === run || message.value?.includes(run) === true,
    );
    const read = messages.map((message) => readEventMessage(topics_.emergencies, asReceived(message)));
    expect(read).toHaveLength(3);
    for (const [at, each] of read.entries()) {
      expect(each).toMatchObject({
        ok: true,
        event: {
          kind: 'emergency',
          account: 'acme-tours',
          id: run,
          source: '/foreign',
          identity: 'caller',
          time: new Date(Number(messages[at]?.timestamp)).toISOString(),
          data,
        },
      });
    }
  });

  it('keeps the bytes and headers of a dead letter', async () => {
    const run = randomUUID();
    const value = Buffer.concat([Buffer.from([0xff, 0x00, 0xc3, 0x28]), Buffer.from(run)]);
    const record = {
      topic: 'signalbox.emergencies',
      partition: 3,
      offset: 41,
      key: 'acme-tours',
      value,
      headers: { ce_id: Buffer.from('e1') },
    };
    await createDeadLetters(producer).send([record], 'not-utf8');
    const [letter] = await landed(
      topicNames.deadLetters,
      1,
      (message) => message.value?.includes(run) === true,
    );
    expect(letter?.value?.equals(value)).toBe(true);
    expect(letter?.key?.toString()).toBe('acme-tours');
    expect(letter && textsOf(letter)).toMatchObject({
      ce_id: 'e1',
      [deadLetterHeaders.reason]: 'not-utf8',
      [deadLetterHeaders.topic]: 'signalbox.emergencies',
      [deadLetterHeaders.partition]: '3',
      [deadLetterHeaders.offset]: '41',
    });
    expect(new Date(letter ? headerOf(letter, deadLetterHeaders.failedAt) : '').getTime()).toBeGreaterThan(0);
  });

  it('cuts a dead letter that no longer fits, says so, and leaves its neighbour whole', async () => {
    const run = randomUUID();
    const big = Buffer.from(run + 'x'.repeat(1_048_400));
    const small = Buffer.from(`${run} small`);
    const record = (value: Buffer) => ({
      topic: 't',
      partition: 0,
      offset: 0,
      key: null,
      value,
      headers: {},
    });
    await createDeadLetters(producer).send([record(big), record(small)], 'too-large');
    const letters = await landed(
      topicNames.deadLetters,
      2,
      (message) => message.value?.includes(run) === true,
    );
    const cut = letters.find((letter) => letter.headers?.[truncatedHeader] !== undefined);
    expect(cut && headerOf(cut, truncatedHeader)).toBe(String(big.length));
    expect(cut?.value?.equals(big.subarray(0, 512 * 1024))).toBe(true);
    expect(letters.some((letter) => letter.value?.equals(small))).toBe(true);
  });

  it('says which contact partitions are behind, until their records are committed', async () => {
    const topic = await newTopic(kafka, 'contacts', 12);
    const groupId = unique('group');
    const offsets = createContactOffsets(kafka, { topic, groupId, timeoutMs: 5_000 });
    const { message } = contactUpdatedMessage(aSnapshot('acme-tours', 1), new Date('2026-11-23T09:30:00Z'));
    const partition = partitionOf('acme-tours', 12);
    const all = Array.from({ length: 12 }, (_, number) => number);

    expect(await offsets.behindFor(all)).toEqual([]);
    await producer.send(topic, [message]);
    expect(await offsets.behindFor(all)).toEqual([partition]);
    expect(await offsets.behindFor(all.filter((each) => each !== partition))).toEqual([]);

    const admin = kafka.admin();
    await admin.connect();
    await admin.setOffsets({ groupId, topic, partitions: [{ partition, offset: '1' }] });
    expect(await offsets.behindFor([partition])).toEqual([]);
    await producer.send(topic, [message]);
    expect(await offsets.behindFor([partition])).toEqual([partition]);
    await admin.disconnect();
    await offsets.close();

    const [read] = await landed(topic, 2);
    expect(read && readContactUpdatedMessage(asReceived(read))).toEqual({
      ok: true,
      snapshot: aSnapshot('acme-tours', 1),
    });
  });

  it('never answers with what was read before the question, however many ask', async () => {
    const topic = await newTopic(kafka, 'asked', 1);
    const offsets = createContactOffsets(kafka, { topic, groupId: unique('group'), timeoutMs: 5_000 });
    let acknowledged = false;
    const sending = producer.send(topic, [{ key: 'a', value: 'b', headers: {} }]).then(() => {
      acknowledged = true;
    });
    const wrong: string[] = [];
    const askers = Array.from({ length: 20 }, async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const mustSee = acknowledged;
        const behind = await offsets.behindFor([0]);
        if (mustSee && behind.length === 0) wrong.push(`turn ${turn}`);
      }
    });
    await Promise.all([sending, ...askers]);
    expect(wrong).toEqual([]);
    expect(await offsets.behindFor([0])).toEqual([0]);
    await offsets.close();
  });

  it('counts every partition of every event topic for the ledger', async () => {
    const { topic, message } = eventMessage(anEmergency(randomUUID(), 'acme-tours'));
    await producer.send(topic, [message]);
    const offsets = createEventOffsets(kafka);
    const read = await offsets.read();
    await offsets.close();
    expect(read).toHaveLength(7 * 12);
    const place = read.find(
      (each) => each.topic === topic && each.partition === partitionOf('acme-tours', 12),
    );
    expect(place?.end).toBeGreaterThan(place?.first ?? Infinity);
    expect(read.every(({ first, end, committed }) => first <= committed && committed <= end)).toBe(true);
  });

  it('makes topics once, mends settings that differ, keeps foreign ones and never adds partitions', async () => {
    const name = unique('topics');
    const first = await createTopics(kafka, { [name]: topicRow(2, { 'retention.ms': '1000000' }) });
    expect(first).toEqual({ created: [name], adjusted: [], partitionsDiffer: [] });
    const again = await createTopics(kafka, { [name]: topicRow(2, { 'retention.ms': '1000000' }) });
    expect(again).toEqual({ created: [], adjusted: [], partitionsDiffer: [] });

    const changed = await createTopics(kafka, { [name]: topicRow(5, { 'cleanup.policy': 'compact' }) });
    expect(changed).toEqual({
      created: [],
      adjusted: [{ topic: name, setting: 'cleanup.policy', from: 'delete', to: 'compact' }],
      partitionsDiffer: [{ topic: name, inTable: 5, found: 2 }],
    });
    const kept = await createTopics(kafka, { [name]: topicRow(2, { 'retention.ms': '1000000' }) });
    expect(kept.adjusted).toEqual([]);
  });
});

const topics_ = { emergencies: 'signalbox.emergencies' } as const;

const headerOf = (message: KafkaMessage, name: string): string => message.headers?.[name]?.toString() ?? '';
const textsOf = ({ headers }: KafkaMessage) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, held]) => [name, held?.toString()]));

const anEmergency = (id: string, account: string): SignalboxEvent => ({
  kind: 'emergency',
  id,
  source: '/spec',
  account,
  time: '2026-11-23T09:30:00.000Z',
  identity: 'caller',
  data: { environment: 'production', title: 'Integration disabled' },
});

const aSnapshot = (account: string, version: number): AccountSnapshot => ({
  account,
  version,
  name: 'Acme Tours',
  integrationType: 'things-to-do',
  locale: 'pt-BR',
  owner: null,
  launched: true,
  acknowledgeWithinMinutes: 15,
  contacts: {
    alertContacts: [],
    technicalEmergency: [{ email: 'page@acme-tours.example' }],
    technicalNonEmergency: [],
    merchantIssues: [],
    operationalInternal: [],
    operationalShared: null,
    operationalSupport: null,
  },
});
