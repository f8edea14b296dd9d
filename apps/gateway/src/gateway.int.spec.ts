import { EventsAccepted, mostEventBytes, HelpLinks } from '@signalbox/contracts';
import type { RunningApp } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { mostMonitorBytes } from './open-door.js';
import {
  bearer,
  eventIn,
  problemOf,
  realBrokers,
  runGateway,
  servedBy,
  ServiceBehind,
  TopicReader,
} from './real-gateway.spec.js';

let service: ServiceBehind;
let gateway: RunningApp;
let reader: TopicReader;
let sender: string;

beforeAll(async () => {
  service = await ServiceBehind.start();
  sender = service.know('sbx_sender');
  reader = new TopicReader();
  await reader.start();
  gateway = await runGateway({ KAFKA_BROKERS: realBrokers(), ...servedBy(service) });
});
afterAll(async () => {
  await gateway.stop('spec');
  await reader.stop();
  await service.stop();
});

const post = (path: string, headers: Record<string, string>, body: string | Buffer, key = sender) =>
  fetch(gateway.url + path, { method: 'POST', headers: { ...bearer(key), ...headers }, body });
const postEvent = (event: object, headers: Record<string, string> = {}, key = sender) =>
  post('/v1/events', { 'content-type': 'application/json', ...headers }, JSON.stringify(event), key);
const acceptedOf = async (response: Response) => {
  expect(response.status).toBe(202);
  return EventsAccepted.parse(await response.json()).accepted;
};
const storedWithId = (id: string) => eventually(() => reader.withId(id)[0], { what: `a record of ${id}` });

const flat = {
  kind: 'emergency',
  account: 'acme-tours',
  environment: 'production',
  title: 'Integration disabled',
};

describe('an event at the door', () => {
  it('is in its topic when it is answered 202, by account and with who sent it', async () => {
    const [accepted] = await acceptedOf(await postEvent(flat));
    expect(accepted).toMatchObject({
      source: 'urn:signalbox:sender:spec',
      kind: 'emergency',
      account: 'acme-tours',
    });
    const record = await storedWithId(accepted?.id ?? '');
    expect(record).toMatchObject({
      topic: 'signalbox.emergencies',
      key: 'acme-tours',
      headers: { ce_type: 'io.signalbox.emergency.v1', ce_sbxidentity: 'caller' },
    });
    expect(record.headers.ce_sbxacceptedby).toBe('id-of-sbx_sender');
    expect(eventIn(record)).toMatchObject({ ...accepted, data: { title: 'Integration disabled' } });
  });

  it('is the same record in all four ways of writing it', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const attributes = (id = '') => ({
      specversion: '1.0',
      id,
      source: 'urn:ops',
      type: 'io.signalbox.matching-issue.v1',
      subject: 'acme-tours',
      time: '2026-11-23T10:00:00+02:00',
    });
    const data = { environment: 'sandbox', title: 'Prices differ – überall' };
    const ce = Object.entries(attributes(ids[3])).map(([name, value]) => [`ce-${name}`, value]);
    const answers = [
      await postEvent({
        kind: 'matching-issue',
        account: 'acme-tours',
        id: ids[0],
        source: 'urn:ops',
        time: attributes().time,
        ...data,
      }),
      await post(
        '/v1/events',
        { 'content-type': 'application/cloudevents+json' },
        JSON.stringify({ ...attributes(ids[1]), data }),
      ),
      await post(
        '/v1/events',
        { 'content-type': 'application/cloudevents-batch+json' },
        JSON.stringify([{ ...attributes(ids[2]), data }]),
      ),
      await post(
        '/v1/events',
        { 'content-type': 'application/json', ...(Object.fromEntries(ce) as Record<string, string>) },
        JSON.stringify(data),
      ),
    ];
    for (const answer of answers) await acceptedOf(answer);
    const records = await Promise.all(ids.map(storedWithId));
    const same = records.map(({ headers, ...record }) => ({
      ...record,
      headers: { ...headers, ce_id: 'the id' },
    }));
    for (const record of same) expect(record).toEqual(same[0]);
    expect(same[0]).toMatchObject({
      topic: 'signalbox.matching-issues',
      headers: { ce_time: '2026-11-23T08:00:00.000Z' },
    });
  });

  it('has the Idempotency-Key as its id', async () => {
    const id = randomUUID();
    expect(await acceptedOf(await postEvent(flat, { 'idempotency-key': id }))).toMatchObject([{ id }]);
    expect(eventIn(await storedWithId(id)).id).toBe(id);
  });

  it('is refused with an Idempotency-Key that appears twice or is not printable', async () => {
    const raw = (...keys: string[]) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { ...bearer(sender), 'content-type': 'application/json', 'idempotency-key': keys };
        request(`${gateway.url}/v1/events`, { method: 'POST', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end(JSON.stringify(flat));
      });
    expect(await raw('one', 'two')).toBe(400);
    expect(await raw('caf\u00e9')).toBe(400);
    expect(await raw(randomUUID())).toBe(202);
  });

  it('is answered for itself when many come at the same time', async () => {
    const ids = Array.from({ length: 300 }, () => randomUUID());
    const answers = await Promise.all(ids.map((id) => postEvent({ ...flat, kind: 'migration-notice', id })));
    const accepted = await Promise.all(answers.map(acceptedOf));
    expect(accepted.flat().map(({ id }) => id)).toEqual(ids);
    await eventually(() => ids.every((id) => reader.withId(id).length === 1), {
      what: 'one record for each',
    });
  });

  it('takes no neighbour along when a batch has a mistake in it, and tells all of them', async () => {
    const id = randomUUID();
    const good = {
      specversion: '1.0',
      id,
      source: 'urn:ops',
      type: 'io.signalbox.emergency.v1',
      subject: 'a',
    };
    const body = [
      { ...good, data: { environment: 'production', title: 'x' } },
      { ...good, data: { environment: 'x' } },
    ];
    const answer = await post(
      '/v1/events',
      { 'content-type': 'application/cloudevents-batch+json' },
      JSON.stringify(body),
    );
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status: 400, code: 'invalid-event' });
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/1/data/environment', '/1/data/title']);
    const [marker] = await acceptedOf(await postEvent({ ...flat, account: 'a' }));
    await storedWithId(marker?.id ?? '');
    expect(reader.withId(id)).toEqual([]);
  });

  it('is counted by kind', async () => {
    await acceptedOf(await postEvent({ ...flat, kind: 'removal-request' }));
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(text).toMatch(/^signalbox_events_accepted_total\{kind="removal-request"\} 1$/m);
  });
});

describe('a request that cannot be taken', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['broken JSON', () => post('/v1/events', json, '{"kind":'), 400, 'malformed-json'],
    ['an event that is none', () => postEvent({}), 400, 'invalid-event'],
    ['plain JSON with several', () => post('/v1/events', json, '[]'), 400, 'invalid-event'],
    [
      'another media type',
      () => post('/v1/events', { 'content-type': 'text/plain' }, 'x'),
      415,
      'unsupported-media-type',
    ],
    [
      'a body that is packed oddly',
      () => post('/v1/events', { ...json, 'content-encoding': 'x' }, '{}'),
      415,
      'unsupported-media-type',
    ],
    [
      'more than a mebibyte',
      () => post('/v1/events', json, Buffer.alloc(1024 * 1024 + 1, 32)),
      413,
      'body-too-large',
    ],
    [
      'an event larger than Kafka takes',
      () => postEvent({ ...flat, details: controlCharacters() }),
      413,
      'body-too-large',
    ],
    ['an address that is none', () => post('/v1/nothing', json, '{}'), 404, 'not-found'],
    ['an internal address', () => post('/internal/keys/verify', json, '{}'), 404, 'not-found'],
    [
      'another method',
      () => fetch(`${gateway.url}/v1/events`, { method: 'DELETE', headers: bearer(sender) }),
      405,
      'method-not-allowed',
    ],
    [
      'another method at a page',
      () => fetch(`${gateway.url}/openapi.json`, { method: 'POST' }),
      405,
      'method-not-allowed',
    ],
  ])('%s', async (_, send, status, code) => {
    expect(await problemOf(await send())).toMatchObject({ status, code });
  });

  it('says which methods there are', async () => {
    const answer = await fetch(`${gateway.url}/v1/events`, { method: 'PUT', headers: bearer(sender) });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  /** Six bytes each in JSON: a valid event of 600 kB. */
  function controlCharacters() {
    const details = Object.fromEntries(
      Array.from({ length: 50 }, (_, place) => [`d${place}`, '\u0001'.repeat(2_000)]),
    );
    expect(JSON.stringify(details).length).toBeGreaterThan(mostEventBytes);
    return details;
  }
});

describe('a key', () => {
  it.each([
    ['none', {}],
    ['of another scheme', { authorization: 'Basic c2J4OnNieA==' }],
    ['that is none', bearer('secret')],
    ['that nobody knows', bearer('sbx_made-up')],
  ])('%s is refused, and how to bring one is said', async (_, headers) => {
    const answer = await fetch(`${gateway.url}/v1/events`, { method: 'POST', headers: { ...headers } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('is not needed to find help', async () => {
    const answer = await fetch(`${gateway.url}/v1/help`);
    expect(HelpLinks.parse(await answer.json()).supportUrl).toMatch(/\/docs$/);
  });

  it('without the scope is refused', async () => {
    const support = service.know('sbx_support', { scopes: ['support'] });
    expect(await problemOf(await postEvent(flat, {}, support))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    const ledger = await fetch(`${gateway.url}/v1/ledger`, { headers: bearer(sender) });
    expect(await problemOf(ledger)).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('that is limited sends what it may and nothing else', async () => {
    const limited = service.know('sbx_limited', {
      limits: { kinds: ['emergency'], accounts: ['acme-tours'] },
    });
    await acceptedOf(await postEvent(flat, {}, limited));
    const problem = await problemOf(await postEvent({ ...flat, account: 'nova-stays' }, {}, limited));
    expect(problem).toMatchObject({ status: 403, code: 'forbidden', errors: [{ pointer: '/account' }] });
  });

  it('that cannot be checked is told to come again; one that is known goes on', async () => {
    await acceptedOf(await postEvent(flat));
    const fresh = service.know('sbx_fresh');
    service.isAway = true;
    try {
      const answer = await postEvent(flat, {}, fresh);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'key-not-checkable' });
      await acceptedOf(await postEvent(flat));
    } finally {
      service.isAway = false;
    }
    await acceptedOf(await postEvent(flat, {}, fresh));
  });

  it('is asked about once for many requests', async () => {
    const popular = service.know('sbx_popular');
    const before = service.timesAsked;
    await Promise.all(Array.from({ length: 40 }, async () => acceptedOf(await postEvent(flat, {}, popular))));
    expect(service.timesAsked).toBe(before + 1);
  });
});

describe('a monitor', () => {
  const alert = {
    labels: { alertname: 'FeedStale', account: 'acme-tours' },
    annotations: {},
    generatorURL: '',
  };
  const webhook = (...alerts: object[]) =>
    JSON.stringify({ version: '4', groupKey: '{}', receiver: 'signalbox', alerts });
  const send = (
    body: string | Buffer,
    headers: Record<string, string> = {},
    path = '/v1/intake/alertmanager',
  ) => post(path, { 'content-type': 'application/json', ...headers }, body);
  const deadWith = (text: string) =>
    eventually(
      () =>
        reader.records.find(({ topic, value }) => topic === 'signalbox.dead-letters' && value.includes(text)),
      {
        what: 'a dead letter',
      },
    );

  it('makes one event of an alert, under one id however often it is sent', async () => {
    const firing = {
      ...alert,
      status: 'firing',
      startsAt: new Date().toISOString(),
      fingerprint: randomUUID(),
    };
    for (const _ of [1, 2]) {
      const answer = await send(webhook(firing));
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({ accepted: 1, unmapped: 0, deadLettered: 0 });
    }
    const mine = () =>
      reader.records.filter(
        ({ headers, topic }) =>
          topic === 'signalbox.production-incidents' && headers.ce_time === firing.startsAt,
      );
    await eventually(() => mine().length === 2, { what: 'both records' });
    const [one, other] = mine().map(eventIn);
    expect(one).toEqual(other);
    expect(one).toMatchObject({
      identity: 'monitor',
      account: 'acme-tours',
      source: 'urn:signalbox:monitor:spec',
    });
  });

  it('may be a Prometheus itself: one event while it repeats that it fires, another when it is over', async () => {
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    const alertname = `Feed ${randomUUID()}`;
    for (const aheadMs of [240_000, 300_000, -1_000]) {
      const endsAt = new Date(Date.now() + aheadMs).toISOString();
      const posted = [{ ...alert, labels: { ...alert.labels, alertname }, startsAt, endsAt }];
      const answer = await send(JSON.stringify(posted), {}, '/v1/intake/prometheus/api/v2/alerts');
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({ accepted: 1, unmapped: 0, deadLettered: 0 });
    }
    const isMine = ({ value }: { value: Buffer }) => value.includes(alertname);
    const mine = () => reader.records.filter(isMine).map(eventIn);
    await eventually(() => mine().length === 3, { what: 'three records' });
    const ids = new Set(mine().map(({ id }) => id));
    const over = mine().find(({ data }) => data.resolves !== undefined);
    expect(ids.size).toBe(2);
    expect(over).toMatchObject({ data: { status: 'resolved' }, account: 'acme-tours' });
    expect(ids).toContain(over?.data.resolves?.id);
    expect(over?.id).not.toBe(over?.data.resolves?.id);
  });

  it('is never refused for what it sends; what cannot be read is kept as it came', async () => {
    const marker = randomUUID();
    const answer = await send(`{"alerts": [ ${marker}`, { 'content-type': 'text/odd' });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ accepted: 0, unmapped: 0, deadLettered: 1 });
    const letter = await deadWith(marker);
    expect(letter.value.toString()).toBe(`{"alerts": [ ${marker}`);
    expect(letter.headers).toMatchObject({
      'sbx-reason': 'not-json',
      'sbx-topic': 'http:/v1/intake',
    });
  });

  it('may send a call of many megabytes, and each alert of it is an event', async () => {
    const startsAt = new Date().toISOString();
    const long = { description: 'x'.repeat(60_000) };
    const alerts = Array.from({ length: 100 }, () => ({
      ...alert,
      ...{ annotations: long, status: 'firing', startsAt, fingerprint: randomUUID() },
    }));
    const answer = await send(webhook(...alerts));
    expect(await answer.json()).toEqual({ accepted: 100, unmapped: 0, deadLettered: 0 });
  });

  it('may send more than is read: the beginning is kept', async () => {
    const marker = randomUUID();
    const body = Buffer.alloc(mostMonitorBytes + 1, 'x');
    body.write(marker);
    const answer = await send(body);
    expect(await answer.json()).toEqual({ accepted: 0, unmapped: 0, deadLettered: 1 });
    const letter = await deadWith(marker);
    expect(letter.value.length).toBe(mostEventBytes);
    expect(letter.headers['sbx-reason']).toBe('too-large');
  });

  it('with a key that is known to be bad hears of it', async () => {
    const answer = await post('/v1/intake/alertmanager', {}, webhook(), 'sbx_made-up');
    expect(await problemOf(answer)).toMatchObject({ status: 401 });
  });
});

describe('when Kafka is away', () => {
  let cutOff: RunningApp;
  beforeAll(async () => {
    cutOff = await runGateway({ KAFKA_BROKERS: '127.0.0.1:1', ...servedBy(service) });
  });
  afterAll(() => cutOff.stop('spec'));
  const headers = () => ({ ...bearer(sender), 'content-type': 'application/json' });

  it('an event is answered within 5 s with the id that makes posting it again safe', async () => {
    const startedMs = performance.now();
    const answer = await fetch(`${cutOff.url}/v1/events`, {
      method: 'POST',
      headers: headers(),
      body: JSON.stringify(flat),
    });
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(answer.headers.get('retry-after')).toBe('1');
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status: 503, code: 'not-known-to-be-accepted', accepted: [] });
    const [event] = problem.events as Record<string, string>[];
    expect(event).toMatchObject({
      source: 'urn:signalbox:sender:spec',
      kind: 'emergency',
      account: 'acme-tours',
    });

    const again = await acceptedOf(await postEvent({ ...flat, id: event?.id, source: event?.source }));
    expect(again).toEqual([event]);
  });

  it('a monitor is told to send again', async () => {
    const alert = { status: 'firing', labels: {}, startsAt: new Date().toISOString() };
    for (const alerts of [[alert], ['broken']]) {
      const body = JSON.stringify({ version: '4', alerts });
      const answer = await fetch(`${cutOff.url}/v1/intake/alertmanager`, {
        method: 'POST',
        headers: headers(),
        body,
      });
      expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'not-known-to-be-accepted' });
    }
  });

  it('the process lives and says that it is not ready', async () => {
    expect((await fetch(`${cutOff.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${cutOff.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: [{ name: 'kafka', ok: false }] });
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });
});

describe('what is readable without a key', () => {
  it.each([
    ['/openapi.json', 'application/json', '"openapi":"3.1.0"'],
    ['/asyncapi.json', 'application/json', 'signalbox.emergencies'],
    ['/docs', 'text/html', 'swagger-ui-bundle.js'],
    ['/docs/start.js', 'text/javascript', 'openapi.json'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript', 'SwaggerUIBundle'],
    ['/docs/swagger-ui.css', 'text/css', '.swagger-ui'],
  ])('%s', async (path, type, text) => {
    const answer = await fetch(gateway.url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(await answer.text()).toContain(text);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('the page loads nothing from elsewhere', async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    expect(page).not.toMatch(/(?:src|href)="(?:[\w+]*:|\/)/);
    expect(page).not.toMatch(/<script>(?!<)/);
  });

  it('nothing else of what is installed is', async () => {
    for (const path of ['/docs/index.html', '/docs/package.json', '/docs/..%2f..%2fpackage.json']) {
      expect(await problemOf(await fetch(gateway.url + path))).toMatchObject({ status: 404 });
    }
  });
});
