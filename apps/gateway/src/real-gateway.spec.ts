import {
  type ApiKeyPrincipal,
  internalPaths,
  Problem,
  type SessionVerdict,
  topics,
} from '@signalbox/contracts';
import { createKafka, createTopics, readEventMessage } from '@signalbox/messaging';
import { createLog, readConfig, type RunningApp, sha256Hex, verifyPrincipalToken } from '@signalbox/runtime';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { GatewayConfig } from './gateway-config.js';
import { startGateway } from './start-gateway.js';

// No spec by itself: a gateway as it runs, beside a server that stands for the services behind it.
export const signingKey = 'k'.repeat(32);
const signingKeys = { current: signingKey };
const log = createLog('spec', { level: 'silent' });

/** What a service saw of a request. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Says what it was asked. */
export function echo(response: ServerResponse, seen: Seen): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(seen));
}

/** Answers for the registry's keys and sessions, and for everything else with what `answer` does. */
export class ServiceBehind {
  readonly keys = new Map<string, ApiKeyPrincipal>();
  /** By the value of their cookie. */
  readonly sessions = new Map<string, SessionVerdict>();
  readonly seen: Seen[] = [];
  timesAsked = 0;
  /** As if its database were gone: it answers, and knows nothing. */
  isAway = false;
  answer: (response: ServerResponse, seen: Seen) => void = echo;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.respond(request, response));
  }

  static async start(): Promise<ServiceBehind> {
    const service = new ServiceBehind();
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  know(key: string, principal: Partial<ApiKeyPrincipal> = {}): string {
    const usual: ApiKeyPrincipal = {
      kind: 'api-key',
      id: `id-of-${key}`,
      name: 'spec',
      scopes: ['events:send'],
    };
    this.keys.set(sha256Hex(key), { ...usual, ...principal });
    return key;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces).toString();
    const { method = '', url = '', headers } = request;
    if (url === internalPaths.verifyKey || url === internalPaths.verifySession) {
      return this.verify(headers.authorization ?? '', body, response);
    }
    const seen = { method, url, headers, body };
    this.seen.push(seen);
    this.answer(response, seen);
  }

  private async verify(authorization: string, body: string, response: ServerResponse): Promise<void> {
    this.timesAsked += 1;
    if (this.isAway) return void response.writeHead(503).end();
    const asker = await verifyPrincipalToken(signingKeys, authorization.replace('Bearer ', ''));
    if (asker.kind !== 'service') return void response.writeHead(403).end();
    const { sha256 = '', cookie = '' } = JSON.parse(body) as { sha256?: string; cookie?: string };
    const principal = this.keys.get(sha256);
    const verdict = principal && { known: true, principal };
    const answer = verdict ?? this.sessions.get(cookie) ?? { known: false };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  }
}

/** What a build leaves of the portal, as far as the gateway looks at it. */
let portalFolder: string;
export const portalScript = {
  path: '/assets/index-1a2b3c.js',
  text: 'export const portal = 1;\n'.repeat(100),
};

beforeAll(async () => {
  portalFolder = await mkdtemp(join(tmpdir(), 'signalbox-portal-'));
  const script = join(portalFolder, portalScript.path);
  await mkdir(join(portalFolder, 'assets'));
  await writeFile(
    join(portalFolder, 'index.html'),
    `<base href="%SIGNALBOX_BASE%" /><meta name="csp-nonce" content="%SIGNALBOX_NONCE%" /><script src=".${portalScript.path}"></script>`,
  );
  await writeFile(script, portalScript.text);
  await writeFile(`${script}.br`, brotliCompressSync(portalScript.text));
  await writeFile(`${script}.gz`, gzipSync(portalScript.text));
});
afterAll(() => rm(portalFolder, { recursive: true, force: true }));

export async function runGateway(settings: Readonly<Record<string, string>>): Promise<RunningApp> {
  const env = { SIGNING_KEYS: signingKey, GATEWAY_PORT: '0', ...settings };
  const host = { on: () => undefined, exit: () => undefined, stderr: { write: () => undefined } };
  return startGateway(readConfig(GatewayConfig, env), log, { host, portalFolder });
}

/** Settings of a gateway whose services are all the same one. */
export const servedBy = ({ url }: ServiceBehind) => ({
  CONTACT_REGISTRY_URL: url,
  NOTIFICATION_ROUTER_URL: url,
});

export function realBrokers(): string {
  const brokers = process.env.KAFKA_BROKERS;
  if (brokers === undefined) throw new Error('KAFKA_BROKERS is not set: run this through the project `int`.');
  return brokers;
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** The problem of an answer, which has to be one. */
export async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

export interface StoredRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything in the topics of the table, read as it comes, from the first record on. */
export class TopicReader {
  readonly records: StoredRecord[] = [];
  private readonly kafka = createKafka({ brokers: realBrokers().split(','), clientId: 'gateway-spec', log });
  private readonly consumer = this.kafka.consumer({ groupId: `gateway-spec-${Date.now()}` });

  async start(): Promise<void> {
    await createTopics(this.kafka, topics);
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: Object.keys(topics), fromBeginning: true });
    await this.consumer.run({
      eachMessage: ({ topic, message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, held]) => [name, String(held)]);
        const value = message.value ?? Buffer.alloc(0);
        const key = message.key?.toString() ?? null;
        this.records.push({
          topic,
          key,
          value,
          headers: Object.fromEntries(headers) as Record<string, string>,
        });
        return Promise.resolve();
      },
    });
  }

  withId(id: string): StoredRecord[] {
    return this.records.filter(({ headers }) => headers.ce_id === id);
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }
}

/** As the router reads it. */
export function eventIn({ topic, value, headers }: StoredRecord) {
  const read = readEventMessage(topic, { value, headers, timestamp: new Date(0) });
  if (!read.ok) throw new Error(read.detail);
  return read.event;
}
