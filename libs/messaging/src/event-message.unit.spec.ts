import { eventType, mostEventBytes, type SignalboxEvent } from '@signalbox/contracts';
import type { CloudEvent } from 'cloudevents';
import { Kafka } from 'cloudevents';
import type { IHeaders } from 'kafkajs';
import { bodyHash } from './body-hash.js';
import { eventMessage, readEventMessage } from './event-message.js';

const topic = 'signalbox.emergencies';
const timestamp = new Date('2026-11-23T09:30:00.123Z');
const data = { environment: 'production', title: 'Integration disabled' };
const attributes = {
  specversion: '1.0',
  id: 'e1',
  source: '/monitor',
  type: eventType('emergency'),
  subject: 'acme-tours',
};
const binaryHeaders = (changes: Record<string, string | Buffer | undefined> = {}): IHeaders =>
  Object.fromEntries(
    Object.entries({ ...attributes, ...changes })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [`ce_${name}`, Buffer.from(value ?? '')]),
  );
const read = (value: string | Buffer | null, headers: IHeaders = binaryHeaders()) =>
  readEventMessage(topic, { value: value === null ? null : Buffer.from(value), headers, timestamp });

const event: SignalboxEvent = {
  kind: 'emergency',
  id: 'e1',
  source: '/monitor',
  account: 'acme-tours',
  time: '2026-11-23T09:29:59.000Z',
  identity: 'monitor',
  acceptedBy: 'key-1',
  data: { environment: 'production', title: 'Señal perdida 🚨', details: { region: 'sa-east-1' } },
};

describe('eventMessage', () => {
  it('is a CloudEvent in binary mode with the account as its key', () => {
    const made = eventMessage(event);
    expect(made.topic).toBe('signalbox.emergencies');
    expect(made.message.key).toBe('acme-tours');
    expect(made.message.headers).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: 'e1',
      ce_source: '/monitor',
      ce_type: 'io.signalbox.emergency.v1',
      ce_subject: 'acme-tours',
      ce_time: '2026-11-23T09:29:59.000Z',
      ce_sbxidentity: 'monitor',
      ce_sbxacceptedby: 'key-1',
    });
  });

  it('is read back as the same event', () => {
    const { message } = eventMessage(event);
    expect(read(message.value, { ...message.headers })).toMatchObject({ ok: true, event });
  });

  it('keeps of which mailing to how many accounts it is', () => {
    const ofMailing = { ...event, mailing: { id: 'm1', accounts: 1200 } };
    const { message } = eventMessage(ofMailing);
    expect(read(message.value, { ...message.headers })).toMatchObject({ ok: true, event: ofMailing });
  });

  it('leaves out who accepted it when nobody did', () => {
    const { message } = eventMessage({ ...event, acceptedBy: undefined });
    expect(Object.keys(message.headers)).not.toContain('ce_sbxacceptedby');
  });

  it("can be read by the CloudEvents SDK's own Kafka binding", () => {
    const { message } = eventMessage(event);
    const theirs = Kafka.toEvent({ ...message, body: message.value } as never) as CloudEvent;
    expect(theirs.validate()).toBe(true);
    expect(theirs).toMatchObject({
      id: 'e1',
      subject: 'acme-tours',
      sbxidentity: 'monitor',
      data: event.data,
    });
  });
});

describe('readEventMessage', () => {
  it('takes a bare binary event: identity is the caller, time is when the broker took it', () => {
    expect(read(JSON.stringify(data))).toMatchObject({
      ok: true,
      event: {
        kind: 'emergency',
        account: 'acme-tours',
        id: 'e1',
        identity: 'caller',
        time: timestamp.toISOString(),
        data,
      },
    });
  });

  it.each([
    ['with its content type', { 'content-type': 'application/cloudevents+json; charset=UTF-8' }],
    ['with a content type in bytes', { 'Content-Type': Buffer.from('application/cloudevents+json') }],
    ['without any header', {}],
    ['as mere JSON', { 'content-type': 'application/json' }],
  ])('takes a structured event %s', (_, headers) => {
    const structured = read(JSON.stringify({ ...attributes, data }), headers);
    expect(structured).toMatchObject({ ok: true, event: { id: 'e1', account: 'acme-tours', data } });
  });

  it('takes structured data in base64', () => {
    const data_base64 = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(read(JSON.stringify({ ...attributes, data_base64 }), {})).toMatchObject({
      ok: true,
      event: { data },
    });
  });

  it('turns a time with an offset into UTC', () => {
    const headers = binaryHeaders({ time: '2026-11-23T06:29:59-03:00' });
    expect(read(JSON.stringify(data), headers)).toMatchObject({
      event: { time: '2026-11-23T09:29:59.000Z' },
    });
  });

  it('reads past a byte order mark', () => {
    expect(read(`\ufeff${JSON.stringify(data)}`)).toMatchObject({ ok: true });
  });

  it('lets a key named __proto__ change nothing', () => {
    const body = `{"environment":"production","title":"x","details":{"__proto__":"y"},"__proto__":{"severity":"critical"}}`;
    const answer = read(body);
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.event.data.severity).toBeUndefined();
    expect(({} as Record<string, unknown>).severity).toBeUndefined();
    const structured = `{"__proto__":{"subject":"acme-tours"},"specversion":"1.0","id":"1","source":"/s","type":"io.signalbox.emergency.v1"}`;
    expect(read(structured, {})).toMatchObject({ ok: false, reason: 'invalid-event' });
  });

  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  it.each([
    ['no value', null, undefined, 'empty'],
    ['an empty value', '', undefined, 'empty'],
    ['a value that is too large', 'x'.repeat(mostEventBytes + 1), undefined, 'too-large'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), undefined, 'not-utf8'],
    [
      'a header that is not UTF-8',
      JSON.stringify(data),
      binaryHeaders({ id: Buffer.from([0xff]) }),
      'not-utf8',
    ],
    ['broken JSON', '{"environment":', undefined, 'not-json'],
    ['JSON null as data', 'null', undefined, 'invalid-event'],
    ['JSON null and no headers', 'null', {}, 'not-a-cloud-event'],
    ['an array and no headers', '[]', {}, 'not-a-cloud-event'],
    ['JSON that is no CloudEvent', JSON.stringify(data), {}, 'not-a-cloud-event'],
    [
      'a batch',
      JSON.stringify([{ ...attributes, data }]),
      { 'content-type': 'application/cloudevents-batch+json' },
      'not-a-cloud-event',
    ],
    ['no id', JSON.stringify(data), binaryHeaders({ id: undefined }), 'not-a-cloud-event'],
    [
      'another version of CloudEvents',
      JSON.stringify(data),
      binaryHeaders({ specversion: '0.3' }),
      'not-a-cloud-event',
    ],
    ['an unknown type', JSON.stringify(data), binaryHeaders({ type: 'com.example.other' }), 'unknown-type'],
    ['a type that is not text', JSON.stringify({ ...attributes, type: 7, data }), {}, 'unknown-type'],
    [
      "another topic's kind",
      JSON.stringify(data),
      binaryHeaders({ type: eventType('matching-issue') }),
      'kind-does-not-belong-here',
    ],
    ['no subject', JSON.stringify(data), binaryHeaders({ subject: undefined }), 'invalid-event'],
    [
      'an identity we do not know',
      JSON.stringify(data),
      binaryHeaders({ sbxidentity: 'other' }),
      'invalid-event',
    ],
    ['a time that is none', JSON.stringify(data), binaryHeaders({ time: 'yesterday' }), 'invalid-event'],
    ['no title', JSON.stringify({ environment: 'production' }), undefined, 'invalid-event'],
    ['no data', JSON.stringify(attributes), {}, 'invalid-event'],
    ['nesting of 10,000', deep(10_000), undefined, 'invalid-event'],
    [
      'nesting of 10,000 inside',
      `{"environment":"production","title":${deep(10_000)}}`,
      undefined,
      'invalid-event',
    ],
    [
      'nesting of 10,000 in a structured event',
      JSON.stringify(attributes).replace('"e1"', deep(10_000)),
      {},
      'invalid-event',
    ],
  ] as const)('answers %s with a reason', (_, value, headers, reason) => {
    const answer = read(value, headers);
    expect(answer).toMatchObject({ ok: false, reason });
    expect(!answer.ok && answer.detail).toMatch(/\w/);
  });

  it('names what is wrong with the data', () => {
    const answer = read(JSON.stringify({ environment: 'moon', title: 'x' }));
    expect(!answer.ok && answer.detail).toContain('data.environment');
    expect(!answer.ok && answer.detail).not.toContain('moon');
  });

  it('drops nested fields it does not know, however deep', () => {
    const answer = read(`{"environment":"production","title":"x","unknown":${deep(10_000)}}`);
    expect(answer).toMatchObject({ ok: true, event: { data: { environment: 'production', title: 'x' } } });
    expect(answer.ok && Object.keys(answer.event.data)).toEqual(['environment', 'title']);
  });

  it('hashes one content the same whatever the order of its fields', () => {
    const [one, other] = [
      read('{"environment":"production","title":"x"}'),
      read('{"title":"x","environment":"production"}'),
    ];
    if (!one.ok || !other.ok) throw new Error('Both are events.');
    expect(bodyHash(one.event)).toBe(bodyHash(other.event));
  });
});
