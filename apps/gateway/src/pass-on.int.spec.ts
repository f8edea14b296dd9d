import type { RunningApp } from '@signalbox/runtime';
import { verifyPrincipalToken } from '@signalbox/runtime';
import express from 'express';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassOn } from './pass-on.js';
import {
  bearer,
  echo,
  problemOf,
  runGateway,
  type Seen,
  servedBy,
  ServiceBehind,
  signingKey,
} from './real-gateway.spec.js';

let service: ServiceBehind;
let gateway: RunningApp;
let operator: string;

beforeAll(async () => {
  service = await ServiceBehind.start();
  operator = service.know('sbx_operator', { scopes: ['operator'], name: 'ops' });
  gateway = await runGateway({ KAFKA_BROKERS: '127.0.0.1:1', ...servedBy(service) });
});
afterAll(async () => {
  await gateway.stop('spec');
  await service.stop();
});
beforeEach(() => {
  service.answer = echo;
  service.seen.length = 0;
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(gateway.url + path, { ...init, headers: { ...bearer(operator), ...init.headers } });

/** As no browser would send it: the path and the headers exactly as they are given. */
function askRaw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<IncomingMessage> {
  const { port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port, method, path, headers: { ...bearer(operator), ...headers } }, resolve);
    asked.on('error', reject).end(body);
  });
}

describe('what another process answers', () => {
  it('is asked with a token that says who asks, and never with the key', async () => {
    const seen = (await (await ask('/v1/accounts?limit=2&cursor=a%20b')).json()) as Seen;
    expect(seen).toMatchObject({ method: 'GET', url: '/v1/accounts?limit=2&cursor=a%20b' });
    const token = seen.headers.authorization?.replace('Bearer ', '') ?? '';
    expect(await verifyPrincipalToken({ current: signingKey }, token)).toMatchObject({
      name: 'ops',
      scopes: ['operator'],
    });
    expect(JSON.stringify(seen)).not.toContain(operator);
  });

  it('sees what belongs to the request, and nothing that a caller could make it believe', async () => {
    const seen = (await (
      await ask('/v1/accounts/acme-tours/contact-information', {
        method: 'PUT',
        headers: {
          'if-match': '"7"',
          'if-none-match': '"7"',
          'content-type': 'application/json',
          'accept-language': 'pt-BR',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          cookie: 'session=1',
          forwarded: 'for=10.0.0.1',
          'x-forwarded-for': '10.0.0.1',
          'x-http-method-override': 'DELETE',
          'x-signalbox-principal': 'me',
        },
        body: '{"a":1}',
      })
    ).json()) as Seen;
    expect(seen.body).toBe('{"a":1}');
    expect(Object.keys(seen.headers).sort()).toEqual([
      'accept',
      'accept-language',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'if-match',
      'traceparent',
      'user-agent',
      'x-forwarded-for',
    ]);
    expect(seen.headers['x-forwarded-for']).not.toBe('10.0.0.1');
  });

  it('comes back as it is: status, fields and body', async () => {
    service.answer = (response) => {
      response.writeHead(412, {
        ETag: '"8"',
        'Retry-After': '7',
        'Content-Type': 'application/problem+json',
        'X-Own': ['a', 'b'],
        'Keep-Alive': 'timeout=1',
      });
      response.end('{"code":"revision-is-stale"}');
    };
    const answer = await ask('/v1/accounts/acme-tours/contact-information', { method: 'PATCH', body: '{}' });
    expect(answer.status).toBe(412);
    expect(answer.headers.get('etag')).toBe('"8"');
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-own')).toBe('a, b');
    expect(answer.headers.get('keep-alive')).not.toBe('timeout=1');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toBe('{"code":"revision-is-stale"}');
  });

  it('may be packed, and stays so', async () => {
    service.answer = (response) =>
      response.setHeader('Content-Encoding', 'x-own').end(Buffer.from([0, 255, 1]));
    const answer = await askRaw('GET', '/v1/ledger', {});
    const pieces: Buffer[] = [];
    for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece);
    expect(answer.headers['content-encoding']).toBe('x-own');
    expect(Buffer.concat(pieces)).toEqual(Buffer.from([0, 255, 1]));
  });

  it('a HEAD is answered without a body', async () => {
    const answer = await ask('/v1/ledger', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(service.seen).toMatchObject([{ method: 'HEAD' }]);
  });

  it.each([
    '/v1/accounts/%2e%2e/users',
    '/v1/accounts/../../internal/keys/verify',
    '/v1/events/..\\..\\internal\\x',
    '/v1/events/a%2f..%2f..',
  ])('no path leads to another one: %s', async (path) => {
    const answer = await askRaw('GET', path, {});
    answer.resume();
    for (const { url } of service.seen) expect(url).toMatch(/^\/v1\/events\/[^/\\]+$/);
    expect(answer.statusCode).toBe(service.seen.length === 0 ? 404 : 200);
  });

  it('a body where none belongs is not passed on as another request', async () => {
    const smuggled = 'GET /internal/snapshots HTTP/1.1\r\nHost: x\r\n\r\n';
    const answer = await askRaw(
      'DELETE',
      '/v1/accounts/acme-tours/users/u-1',
      { 'transfer-encoding': 'chunked' },
      smuggled,
    );
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(service.seen).toMatchObject([{ method: 'DELETE', body: '' }]);
  });
});

describe('a caller who goes away', () => {
  it('is not worked for any longer', async () => {
    const leaving = new AbortController();
    const released = new Promise<void>((resolve) => {
      service.answer = (response) => {
        response.on('close', resolve);
        leaving.abort();
      };
    });
    await expect(ask('/v1/ledger', { signal: leaving.signal })).rejects.toThrow();
    await released;
    service.answer = echo;
    expect((await ask('/v1/ledger')).status).toBe(200);
  });
});

describe('a service that does not answer', () => {
  it('that is away is 503 with when to ask again, and no key is blamed', async () => {
    const gone = await ServiceBehind.start();
    const url = gone.url;
    await gone.stop();
    const cutOff = await runGateway({
      KAFKA_BROKERS: '127.0.0.1:1',
      CONTACT_REGISTRY_URL: service.url,
      NOTIFICATION_ROUTER_URL: url,
    });
    try {
      const answer = await fetch(`${cutOff.url}/v1/ledger`, { headers: bearer(operator) });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'service-unavailable' });
      const other = await fetch(`${cutOff.url}/v1/accounts`, { headers: bearer(operator) });
      expect(other.status).toBe(200);
    } finally {
      await cutOff.stop('spec');
    }
  });

  it('that does not believe our token is a fault of ours, not of the key', async () => {
    service.answer = (response) => response.writeHead(401).end();
    expect(await problemOf(await ask('/v1/ledger'))).toMatchObject({
      status: 503,
      code: 'service-unavailable',
    });
  });

  it('that hangs is given up', async () => {
    const hanging: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const passOn = new PassOn({ current: signingKey }, 'signalbox_session', 200);
    const principal = { kind: 'service', name: 'spec' } as const;
    const ended: Promise<unknown>[] = [];
    const front = express().use((request, response, next) => {
      const passage = { target: { name: 'notification-router', url }, path: '/v1/ledger', principal };
      const end = passOn.execute(request, response, passage);
      ended.push(end.catch((error: unknown) => error));
      end.catch(next);
    });
    const server = front.listen(0);
    const asked = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(asked.ok).toBe(false);
    expect(await ended[0]).toMatchObject({ code: 'service-unavailable' });
    server.close();
    hanging.closeAllConnections();
    hanging.close();
  });

  it('that breaks off half way breaks off here, too', async () => {
    service.answer = (response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half', () => response.destroy());
    };
    const answer = await ask('/v1/ledger');
    await expect(answer.text()).rejects.toThrow();
  });

  it('a read is asked once more when the kept connection was just closed', async () => {
    await (await ask('/v1/ledger')).text();
    let times = 0;
    service.answer = (response, seen) => {
      times += 1;
      if (times === 1) response.destroy();
      else echo(response, seen);
    };
    expect((await ask('/v1/ledger')).status).toBe(200);
    expect(times).toBe(2);
  });

  it('a write is never asked twice', async () => {
    let times = 0;
    service.answer = (response) => {
      times += 1;
      response.destroy();
    };
    const answer = await ask('/v1/accounts', { method: 'POST', body: '{}' });
    expect(await problemOf(answer)).toMatchObject({ code: 'service-unavailable' });
    expect(times).toBe(1);
  });
});

describe('stopping', () => {
  it('answers what is under way', async () => {
    const stopping = await runGateway({ KAFKA_BROKERS: '127.0.0.1:1', ...servedBy(service) });
    let open: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      service.answer = (response, seen) => {
        open = () => echo(response, seen);
        resolve();
      };
    });
    const asked = fetch(`${stopping.url}/v1/ledger`, { headers: bearer(operator) });
    await arrived;
    const stopped = stopping.stop('spec');
    open();
    expect((await asked).status).toBe(200);
    await stopped;
    await expect(fetch(`${stopping.url}/health/live`)).rejects.toThrow();
  });
});
