import type { ApiKeyPrincipal, SignalboxEvent } from '@signalbox/contracts';
import { ProblemError } from '@signalbox/runtime';
import { checkEvents, type CheckedEvents } from './check-events.js';
import { readEvents } from './read-events.js';

const now = new Date('2026-11-23T09:30:00.000Z');
const sender: ApiKeyPrincipal = { kind: 'api-key', id: 'k-1', name: 'Ops team/1', scopes: ['events:send'] };

type Headers = Record<string, string>;
const bytes = (body: unknown): Buffer => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

function check(headers: Headers, body: unknown, by: ApiKeyPrincipal = sender): CheckedEvents {
  return checkEvents(readEvents(headers, bytes(body)), { now, newId: () => 'made-id', sender: by });
}
function accepted(headers: Headers, body: unknown): readonly SignalboxEvent[] {
  const checked = check(headers, body);
  if (checked.outcome !== 'valid') throw new Error(JSON.stringify(checked));
  return checked.events;
}
function refused(headers: Headers, body: unknown, by?: ApiKeyPrincipal) {
  const checked = check(headers, body, by);
  if (checked.outcome === 'valid') throw new Error('It was taken.');
  return {
    outcome: checked.outcome,
    errors: checked.errors.map(({ pointer, code }) => `${pointer} ${code}`),
  };
}
function problemOf(act: () => unknown): ProblemError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

const plain = { 'content-type': 'application/json' };
const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };

const flat = { kind: 'emergency', account: 'acme-tours', environment: 'production', title: 'Disabled' };
const attributes = {
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:ops',
  type: 'io.signalbox.emergency.v1',
  subject: 'acme-tours',
  time: '2026-11-23T10:00:00+02:00',
};
const cloudEvent = { ...attributes, data: { environment: 'production', title: 'Disabled' } };
const binary = {
  'content-type': 'application/json',
  ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
};

describe('events as they come', () => {
  it('the four ways of writing one event come to the same', () => {
    const expected: SignalboxEvent = {
      id: 'e-1',
      source: 'urn:ops',
      kind: 'emergency',
      account: 'acme-tours',
      time: '2026-11-23T08:00:00.000Z',
      identity: 'caller',
      acceptedBy: 'k-1',
      data: { environment: 'production', title: 'Disabled' },
    };
    const { id, source, time } = attributes;
    expect(accepted(plain, { ...flat, id, source, time })).toEqual([expected]);
    expect(accepted(structured, cloudEvent)).toEqual([expected]);
    expect(accepted(batch, [cloudEvent])).toEqual([expected]);
    expect(accepted(binary, cloudEvent.data)).toEqual([expected]);
  });

  it('what plain JSON leaves out is made: id, source, time', () => {
    expect(accepted(plain, flat)).toMatchObject([
      { id: 'made-id', source: 'urn:signalbox:sender:Ops%20team%2F1', time: '2026-11-23T09:30:00.000Z' },
    ]);
  });

  it.each([
    ['order-7', 'order-7'],
    ['"order-7"', 'order-7'],
  ])('the Idempotency-Key %s is the id of an event that has none', (key, id) => {
    expect(accepted({ ...plain, 'idempotency-key': key }, flat)).toMatchObject([{ id }]);
    expect(accepted({ ...plain, 'idempotency-key': key }, { ...flat, id: 'own' })).toMatchObject([
      { id: 'own' },
    ]);
  });

  it('a sender cannot say that a monitor made the id, or who accepted it', () => {
    const claimed = { ...cloudEvent, sbxidentity: 'monitor', sbxacceptedby: 'k-2' };
    expect(accepted(structured, claimed)).toMatchObject([{ identity: 'caller', acceptedBy: 'k-1' }]);
    expect(accepted({ ...binary, 'ce-sbxidentity': 'monitor' }, cloudEvent.data)).toMatchObject([
      { identity: 'caller', acceptedBy: 'k-1' },
    ]);
    expect(accepted(plain, { ...flat, identity: 'monitor', acceptedBy: 'k-2' })).toMatchObject([
      { identity: 'caller', acceptedBy: 'k-1' },
    ]);
  });

  it('an empty batch is a batch', () => {
    expect(accepted(batch, [])).toEqual([]);
  });
});

describe('events that are refused', () => {
  it.each([
    [
      'nothing of it',
      plain,
      {},
      ['/kind required', '/account required', '/environment required', '/title required'],
    ],
    ['an unknown kind', plain, { ...flat, kind: 'party' }, ['/kind invalid-value']],
    ['an environment that is none', plain, { ...flat, environment: 'prod' }, ['/environment invalid-value']],
    ['a title of two lines', plain, { ...flat, title: 'a\nb' }, ['/title invalid-format']],
    ['no title', structured, { ...cloudEvent, data: { environment: 'sandbox' } }, ['/data/title required']],
    ['an account that is a number', plain, { ...flat, account: 42 }, ['/account wrong-type']],
    ['an id too long', plain, { ...flat, id: 'x'.repeat(201) }, ['/id too-long']],
    ['a day that is none', plain, { ...flat, time: '2026-02-30T00:00:00+01:00' }, ['/time invalid-format']],
    ['a time without a zone', plain, { ...flat, time: '2026-02-20T00:00:00' }, ['/time invalid-format']],
    ['an unknown type', structured, { ...cloudEvent, type: 'com.other' }, ['/type invalid-value']],
    ['no subject', structured, { ...cloudEvent, subject: undefined }, ['/subject required']],
    ['no id, in CloudEvents', structured, { ...cloudEvent, id: undefined }, ['/id required']],
    [
      'another specversion',
      structured,
      { ...cloudEvent, specversion: '0.3' },
      ['/specversion invalid-value'],
    ],
    ['no data', structured, { ...cloudEvent, data: undefined }, ['/data required']],
    ['data that is no JSON', structured, { ...attributes, data_base64: 'e30t' }, ['/data required']],
    [
      'everything at once',
      structured,
      { data: { title: 7 } },
      [
        '/specversion required',
        '/id required',
        '/source required',
        '/type required',
        '/subject required',
        '/data/environment required',
        '/data/title wrong-type',
      ],
    ],
    [
      'two of a batch',
      batch,
      [
        cloudEvent,
        { ...cloudEvent, data: { environment: 'x', title: '' } },
        { ...cloudEvent, source: '' },
        7,
      ],
      [
        '/1/data/environment invalid-value',
        '/1/data/title too-short',
        '/2/source required',
        '/3/specversion required',
        '/3/id required',
        '/3/source required',
        '/3/type required',
        '/3/subject required',
        '/3/data required',
      ],
    ],
    ['a header that is missing', { ...binary, 'ce-subject': '' }, cloudEvent.data, ['/subject required']],
    ['a body that is no object', binary, '[]', ['/data wrong-type']],
  ])('%s', (_, headers, body, errors) => {
    const answer = refused(headers, body);
    expect(answer.outcome).toBe('invalid');
    expect([...answer.errors].sort()).toEqual([...errors].sort());
  });

  it('names the types that there are', () => {
    const checked = check(structured, { ...cloudEvent, type: 'com.other' });
    expect(JSON.stringify(checked)).toContain('io.signalbox.emergency.v1');
  });

  it('an event beyond the limits of its key, whichever of them', () => {
    const limited = (limits: ApiKeyPrincipal['limits']): ApiKeyPrincipal => ({ ...sender, limits });
    expect(refused(plain, flat, limited({ kinds: ['matching-issue'] }))).toEqual({
      outcome: 'forbidden',
      errors: ['/kind invalid-value'],
    });
    expect(refused(structured, cloudEvent, limited({ accounts: ['nova-stays'] }))).toEqual({
      outcome: 'forbidden',
      errors: ['/subject invalid-value'],
    });
    expect(refused(batch, [cloudEvent], limited({ environments: ['sandbox'] }))).toEqual({
      outcome: 'forbidden',
      errors: ['/0/data/environment invalid-value'],
    });
    expect(check(plain, flat, limited({ kinds: ['emergency'], accounts: ['acme-tours'] })).outcome).toBe(
      'valid',
    );
  });

  it('an event larger than Kafka takes, named by its place', () => {
    // Six bytes for each character in JSON.
    const details = Object.fromEntries(
      Array.from({ length: 50 }, (_, place) => [`d${place}`, '\u0001'.repeat(2_000)]),
    );
    const large = { ...cloudEvent, data: { ...cloudEvent.data, details } };
    expect(refused(batch, [cloudEvent, large])).toEqual({ outcome: 'too-large', errors: ['/1 too-long'] });
    expect(refused(plain, { ...flat, details })).toEqual({ outcome: 'too-large', errors: [' too-long'] });
  });
});

describe('bodies that are no events', () => {
  it.each([
    ['a JSON array as plain JSON', plain, [flat], 'invalid-event', /cloudevents-batch\+json/],
    ['a CloudEvent as plain JSON', plain, cloudEvent, 'invalid-event', /cloudevents\+json/],
    ['a text', plain, '"emergency"', 'invalid-event', /object/],
    ['a batch that is none', batch, cloudEvent, 'invalid-event', /array/],
    ['broken JSON', plain, '{"kind":', 'malformed-json', /JSON/],
    ['broken JSON in a batch', batch, '[', 'malformed-json', /JSON/],
    ['nothing', plain, '', 'malformed-json', /no body/],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=b',
      'unsupported-media-type',
      /json/,
    ],
    ['no media type', {}, flat, 'unsupported-media-type', /missing/],
    [
      'CloudEvents as XML',
      { 'content-type': 'application/cloudevents+xml' },
      '<a/>',
      'unsupported-media-type',
      /xml/,
    ],
  ])('%s', (_, headers, body, code, detail) => {
    const problem = problemOf(() => readEvents(headers, bytes(body)));
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(detail);
  });

  it.each([
    ['twice', ['k-1', 'k-1'], /once/],
    ['with bytes beyond ASCII', 'k-\u00e9', /printable ASCII/],
    ['with a tab', 'k\t1', /printable ASCII/],
  ])('an Idempotency-Key %s, in whichever way the events are written', (_, key, detail) => {
    for (const headers of [plain, batch]) {
      const problem = problemOf(() => readEvents({ ...headers, 'idempotency-key': key }, bytes(flat)));
      expect(problem.code).toBe('invalid-request');
      expect(problem.detail).toMatch(detail);
    }
  });

  it('bytes that are not UTF-8', () => {
    expect(problemOf(() => readEvents(plain, Buffer.from([0x22, 0xff, 0x22]))).code).toBe('malformed-json');
  });
});
