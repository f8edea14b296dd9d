import { eventType } from '@signalbox/contracts';
import { CloudEvent, HTTP } from 'cloudevents';
import { cloudEventMode, readCloudEvents, type HttpHeaders } from './cloud-event-http.js';

const data = { environment: 'production', title: 'Integration disabled' };
const attributes = {
  specversion: '1.0' as const,
  id: 'e1',
  source: '/monitor',
  type: eventType('emergency'),
  subject: 'acme-tours',
};
const raw = { kind: 'emergency', account: 'acme-tours', id: 'e1', source: '/monitor', time: undefined, data };
const binary = (changes: Record<string, string | undefined> = {}): HttpHeaders => ({
  'content-type': 'application/json',
  ...Object.fromEntries(
    Object.entries({ ...attributes, ...changes }).map(([name, value]) => [`ce-${name}`, value]),
  ),
});
const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };

describe('readCloudEvents', () => {
  it.each([
    ['binary', binary(), JSON.stringify(data), [raw]],
    ['binary, as bytes', binary(), Buffer.from(JSON.stringify(data)), [raw]],
    ['binary, parsed already', binary(), data, [raw]],
    ['structured', structured, JSON.stringify({ ...attributes, data }), [raw]],
    ['structured, parsed already', structured, { ...attributes, data }, [raw]],
    [
      'batch',
      batch,
      [
        { ...attributes, data },
        { ...attributes, id: 'e2', data },
      ],
      [raw, { ...raw, id: 'e2' }],
    ],
    ['empty batch', batch, [], []],
  ])('reads %s mode', (_, headers, body, events) => {
    expect(readCloudEvents(headers, body)).toEqual({ ok: true, events });
  });

  it.each(['binary', 'structured'] as const)('reads what the CloudEvents SDK sends in %s mode', (mode) => {
    const event = new CloudEvent({ ...attributes, time: '2026-11-23T09:30:00Z', data });
    const message = HTTP[mode](event);
    const read = readCloudEvents(message.headers, message.body);
    expect(read).toEqual({ ok: true, events: [{ ...raw, time: '2026-11-23T09:30:00.000Z' }] });
  });

  it('decodes header values as the binding says', () => {
    const read = readCloudEvents(binary({ subject: 'a%C3%B1ejo', id: '100%' }), data);
    expect(read).toMatchObject({ events: [{ account: 'añejo', id: '100%' }] });
  });

  it.each([
    ['no id', binary({ id: undefined }), data, 'not-a-cloud-event', 'id'],
    ['no source', structured, { ...attributes, source: undefined, data }, 'not-a-cloud-event', 'source'],
    ['no subject', structured, { ...attributes, subject: undefined, data }, 'invalid-event', 'subject'],
    ['an unknown type', structured, { ...attributes, type: 'x', data }, 'unknown-type', 'io.signalbox'],
    ['no body', structured, Buffer.alloc(0), 'empty', 'body'],
    ['broken JSON', structured, '{', 'not-json', 'JSON'],
    ['bytes that are not UTF-8', structured, Buffer.from([0xff]), 'not-utf8', 'UTF-8'],
    ['a batch that is no array', batch, { ...attributes, data }, 'not-a-cloud-event', 'array'],
    ['no CloudEvent at all', { 'content-type': 'application/json' }, data, 'not-a-cloud-event', 'ce-'],
  ])('names what is wrong: %s', (_, headers, body, reason, word) => {
    const read = readCloudEvents(headers, body);
    expect(read).toMatchObject({ ok: false, reason });
    expect(!read.ok && read.detail).toContain(word);
    expect(!read.ok && read.index).toBeUndefined();
  });

  it.each([
    ['without id', { ...attributes, id: undefined, data }, 'not-a-cloud-event'],
    ['that is null', null, 'not-a-cloud-event'],
    ['that is text', 'e3', 'not-a-cloud-event'],
  ])('says which member of a batch is at fault: one %s', (_, member, reason) => {
    const body = [{ ...attributes, data }, { ...attributes, id: 'e2', data }, member];
    expect(readCloudEvents(batch, body)).toMatchObject({ ok: false, reason, index: 2 });
  });
});

describe('cloudEventMode', () => {
  it.each([
    [{ 'content-type': 'application/json' }, undefined],
    [{}, undefined],
    [binary(), 'binary'],
    [{ 'ce-id': 'e1' }, 'binary'],
    [structured, 'structured'],
    [{ ...structured, 'ce-id': 'e1' }, 'structured'],
    [batch, 'batch'],
  ] as [HttpHeaders, string | undefined][])('tells %j', (headers, mode) => {
    expect(cloudEventMode(headers)).toBe(mode);
  });
});
