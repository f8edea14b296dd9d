import {
  Body,
  Controller,
  Get,
  Module,
  NotFoundException,
  Param,
  Post,
  Put,
  type DynamicModule,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Problem, type Principal, type Route } from '@signalbox/contracts';
import { EventEmitter } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { CurrentPrincipal } from './current-principal.js';
import type { Drain } from './drain.js';
import { healthModule } from './health.js';
import { createLog } from './log.js';
import { createMetrics, metricsModule } from './metrics.js';
import { mintPrincipalToken } from './principal-token.js';
import { PrincipalGuard } from './principal-guard.js';
import { ProblemError } from './problem.js';
import { runApp, type AppOptions } from './run-app.js';
import { StartError } from './run-main.js';

const keys = { current: 'k'.repeat(32) };
const operator: Principal = { kind: 'api-key', id: 'k1', name: 'ops', scopes: ['operator'] };

const table = (
  [
    ['GET', '/v1/who'],
    ['POST', '/v1/things'],
    ['POST', '/v1/raw'],
    ['GET', '/v1/things/:id'],
    ['PUT', '/v1/things/:id'],
    ['GET', '/v1/broken'],
    ['GET', '/v1/slow'],
  ] as const
).map(([method, path]): Route => {
  return { method, path, summary: '', servedBy: 'gateway', who: ['operator'], limits: 'named', status: 200 };
});

/** What the specs let a request in flight wait for. */
class Gate {
  readonly arrived = deferred();
  readonly opened = deferred();
}
function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function moduleOf(drain: Drain, gate: Gate, isMongoUp: () => boolean): DynamicModule {
  @Controller('v1')
  class ThingsController {
    @Get('who')
    who(@CurrentPrincipal() principal: Principal) {
      return principal;
    }
    @Post('things')
    make(@Body({ schema: z.object({ title: z.string() }) }) body: { title: string }) {
      return body;
    }
    @Post('raw')
    raw(@Body() body: unknown) {
      return { bytes: Buffer.isBuffer(body) ? body.toString() : null };
    }
    @Get('things/:id')
    find(@Param('id') id: string): never {
      throw new NotFoundException(`no ${id}`);
    }
    @Put('things/:id')
    change() {
      throw new ProblemError('revision-is-stale', 'Somebody else has saved.', { headers: { ETag: '"7"' } });
    }
    @Get('broken')
    broken(): never {
      throw new Error('password is hunter2');
    }
    @Get('slow')
    async slow() {
      gate.arrived.resolve();
      await gate.opened.promise;
      return { done: true };
    }
  }
  @Module({})
  class AppModule {}
  const mongo = () => (isMongoUp() ? Promise.resolve() : Promise.reject(new Error('no primary')));
  return {
    module: AppModule,
    imports: [
      healthModule({ checks: { mongo }, isDraining: drain.isDraining }),
      metricsModule(createMetrics({ processMetrics: false })),
    ],
    controllers: [ThingsController],
    providers: [{ provide: APP_GUARD, useFactory: () => new PrincipalGuard(keys, table) }],
  };
}

async function started(change: Partial<AppOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('spec', {
    destination: { write: (line) => void lines.push(JSON.parse(line) as never) },
  });
  const signals = new EventEmitter();
  const exited = deferred();
  const exits: number[] = [];
  const ran: string[] = [];
  const gate = new Gate();
  const state = { isMongoUp: true };
  const running = await runApp({
    name: 'gateway',
    module: (drain) => {
      drain.onDrain('consumers', () => Promise.resolve(ran.push('consumers')));
      drain.onDrain('mongo', () => Promise.resolve(ran.push('mongo')));
      return Promise.resolve(moduleOf(drain, gate, () => state.isMongoUp));
    },
    listen: { host: '127.0.0.1', port: 0, setting: 'GATEWAY_PORT' },
    log,
    bodies: { limitBytes: 1_000, rawPaths: ['/v1/raw'] },
    host: {
      on: (event, listener) => signals.on(event, listener),
      exit: (code) => {
        exits.push(code);
        exited.resolve();
      },
      stderr: { write: () => true },
    },
    ...change,
  });
  const token = await mintPrincipalToken(keys, operator);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(running.url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  return { ...running, lines, signals, exited: exited.promise, exits, ran, gate, state, ask };
}

async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = Problem.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  return problem;
}

describe('a running app', () => {
  let app: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    app = await started();
  });
  afterAll(() => app.stop('end of spec'));
  const json = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

  it('says in one line that it is ready', () => {
    expect(app.lines.filter(({ level }) => level === 'info')).toMatchObject([
      { event: 'process.ready', url: app.url },
    ]);
  });

  it('knows who asks by the token, and answers 401 without one', async () => {
    expect(await (await app.ask('/v1/who')).json()).toEqual(operator);
    const answer = await fetch(`${app.url}/v1/who`);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemOf(answer)).toMatchObject({ code: 'unauthenticated', instance: '/v1/who' });
  });

  it('tells neither what it is built with nor lets answers be cached or guessed at', async () => {
    const { headers } = await app.ask('/v1/who');
    expect([headers.get('x-powered-by'), headers.get('etag')]).toEqual([null, null]);
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'no-store',
      'nosniff',
    ]);
  });

  it.each([
    ['broken JSON', json('{'), 400, 'malformed-json'],
    ['a text that is no UTF-8', json(new Uint8Array([0x22, 0x61, 0xff, 0x22])), 400, 'malformed-json'],
    ['what the schema refuses', json('{"title":7}'), 400, 'invalid-request'],
    ['a bare number', json('7'), 400, 'invalid-request'],
    ['no body', { method: 'POST' }, 400, 'invalid-request'],
    ['a body of no bytes that is said to be JSON', json(''), 400, 'invalid-request'],
    ['more bytes than the limit', json(`"${'x'.repeat(2_000)}"`), 413, 'body-too-large'],
    ['another media type', json('title', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
    ['an unknown encoding', json('{}', { 'content-encoding': 'lzma' }), 415, 'unsupported-media-type'],
    [
      'an unknown charset',
      json('{}', { 'content-type': 'application/json; charset=klingon' }),
      415,
      'unsupported-media-type',
    ],
    ['a broken gzip', json('{}', { 'content-encoding': 'gzip' }), 400, 'invalid-request'],
  ])('answers %s with a problem', async (_, init, status, code) => {
    const answer = await app.ask('/v1/things', init);
    expect([answer.status, (await problemOf(answer)).code]).toEqual([status, code]);
  });

  it('refuses a small gzip that unpacks to more than the limit', async () => {
    const body = gzipSync(`"${'x'.repeat(100_000)}"`);
    const answer = await app.ask('/v1/things', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect((await problemOf(answer)).code).toBe('body-too-large');
  });

  it('points to the place of an input that is wrong', async () => {
    const problem = await problemOf(await app.ask('/v1/things', json('{}')));
    expect(problem.errors).toEqual([{ pointer: '/title', code: 'required', detail: 'title is required.' }]);
  });

  it('keeps the bytes as they came where that was asked for', async () => {
    expect(await (await app.ask('/v1/raw', json('{ broken'))).json()).toEqual({ bytes: '{ broken' });
  });

  it('answers 404 where nothing is, and 405 with Allow where another method is taken', async () => {
    expect((await problemOf(await app.ask('/v1/nothing?token=x'))).detail).toBe(
      'There is nothing at /v1/nothing.',
    );
    const answer = await app.ask('/v1/things/7', { method: 'DELETE' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT');
    expect((await problemOf(answer)).code).toBe('method-not-allowed');
  });

  it('answers 404 for what a route did not find, and 400 for a path that cannot be decoded', async () => {
    expect((await problemOf(await app.ask('/v1/things/9'))).code).toBe('not-found');
    expect((await problemOf(await app.ask('/v1/things/%ff'))).code).toBe('invalid-request');
  });

  it('gives the headers of a problem', async () => {
    const answer = await app.ask('/v1/things/9', { method: 'PUT' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([412, '"7"']);
  });

  it('says nothing about an unknown error to the caller and everything to the log', async () => {
    const answer = await app.ask('/v1/broken?secret=1');
    const text = await answer.text();
    expect([answer.status, text.includes('hunter2')]).toEqual([500, false]);
    expect(app.lines.at(-1)).toMatchObject({
      level: 'error',
      event: 'request.failed',
      path: '/v1/broken',
      err: { message: 'password is hunter2' },
    });
  });

  it('does not log a fault of theirs', async () => {
    const before = app.lines.length;
    await app.ask('/v1/things', json('{'));
    await fetch(`${app.url}/v1/who`);
    expect(app.lines).toHaveLength(before);
  });

  it('shows health and metrics without a key', async () => {
    const live = await fetch(`${app.url}/health/live`);
    expect(live.status).toBe(200);
    const metrics = await fetch(`${app.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
    expect(metrics.status).toBe(200);
  });

  it.each(['/health', '/health/ready'])(
    '%s is 503 while an engine is away, and 200 afterwards',
    async (path) => {
      app.state.isMongoUp = false;
      const away = await fetch(app.url + path);
      expect([away.status, await away.json()]).toEqual([
        503,
        { ready: false, draining: false, checks: [{ name: 'mongo', ok: false, why: 'no primary' }] },
      ]);
      app.state.isMongoUp = true;
      expect((await fetch(app.url + path)).status).toBe(200);
    },
  );
});

describe.each(['SIGTERM', 'SIGINT'])('%s', (signal) => {
  it('answers the request in flight, refuses new ones, runs the hooks in order and exits 0 once', async () => {
    const app = await started();
    const inFlight = app.ask('/v1/slow');
    await app.gate.arrived.promise;
    app.signals.emit(signal);
    app.signals.emit(signal);
    await expect(fetch(`${app.url}/health/live`, { headers: { connection: 'close' } })).rejects.toThrow();
    expect([app.ran, app.exits]).toEqual([[], []]);
    app.gate.opened.resolve();
    await expect((await inFlight).json()).resolves.toEqual({ done: true });
    await app.exited;
    expect(app.ran).toEqual(['consumers', 'mongo']);
    expect(app.exits).toEqual([0]);
    expect(app.lines.at(-1)).toMatchObject({ event: 'process.stopped', why: signal });
  });
});

it('is not held up by a connection that somebody keeps open', async () => {
  const app = await started();
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
  await app.stop('spec');
  expect(app.exits).toEqual([0]);
  socket.destroy();
});

it('ends with 1 and a line that names what hung when draining takes too long', async () => {
  const app = await started({
    drainLimitMs: 100,
    module: (drain) => {
      drain.onDrain('kafka consumers', () => new Promise(() => undefined));
      return Promise.resolve(moduleOf(drain, new Gate(), () => true));
    },
  });
  app.signals.emit('SIGTERM');
  await app.exited;
  expect(app.exits).toEqual([1]);
  expect(app.lines.at(-1)).toMatchObject({ level: 'fatal', event: 'drain.hung', step: 'kafka consumers' });
  app.app.getHttpServer().close();
});

describe('a port that is taken', () => {
  it('is one line naming port, app and setting, and what was opened is closed again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const closed: string[] = [];
    const start = started({
      listen: { host: '127.0.0.1', port, setting: 'GATEWAY_PORT' },
      module: (drain) => {
        drain.onDrain('mongo', () => Promise.resolve(closed.push('mongo')));
        return Promise.resolve(moduleOf(drain, new Gate(), () => true));
      },
    });
    const error = await start.catch((reason: unknown) => reason);
    await new Promise((resolve) => other.close(resolve));
    expect(error).toBeInstanceOf(StartError);
    expect((error as StartError).message).toBe(
      `gateway needs port ${port} on 127.0.0.1, which is taken: stop what uses it, or set GATEWAY_PORT.`,
    );
    expect(closed).toEqual(['mongo']);
  });
});
