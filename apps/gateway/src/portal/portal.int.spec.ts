import { portalPages } from '@signalbox/contracts';
import { type RunningApp, StartError } from '@signalbox/runtime';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  portalScript,
  problemOf,
  realBrokers,
  runGateway,
  servedBy,
  ServiceBehind,
} from '../real-gateway.spec.js';
import { readPortal } from './read-portal.js';

let service: ServiceBehind;
let gateway: RunningApp;

beforeAll(async () => {
  service = await ServiceBehind.start();
  gateway = await runGateway({ KAFKA_BROKERS: realBrokers(), ...servedBy(service) });
});
afterAll(async () => {
  await gateway.stop('spec');
  await service.stop();
});

const pages = Object.values(portalPages).map((path) => path.replace(/\$\w+/g, 'some-id'));
const nonceIn = (html: string): string => /name="csp-nonce" content="([^"]+)"/.exec(html)?.[1] ?? '';

describe('a page of the portal', () => {
  it.each(pages)('stands at %s for everybody, stored nowhere, and asks no service anything', async (path) => {
    const page = await fetch(`${gateway.url}${path}?token=secret`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(await page.text()).not.toContain('secret');
    const head = await fetch(gateway.url + path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(service.seen).toEqual([]);
  });

  it('may load what the gateway serves, and with its own nonce its styles, and nothing else', async () => {
    const page = await fetch(gateway.url);
    const nonce = nonceIn(await page.text());
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(page.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('has another nonce each time', async () => {
    const texts = await Promise.all(pages.map(async (path) => (await fetch(gateway.url + path)).text()));
    expect(new Set(texts.map(nonceIn)).size).toBe(pages.length);
  });

  it.each(['/nothing-here', '/sign-in/', '/Sign-in', '/index.html', '/assets', '/assets/'])(
    'does not stand at %s',
    async (path) => {
      expect(await problemOf(await fetch(gateway.url + path))).toMatchObject({
        status: 404,
        code: 'not-found',
      });
    },
  );

  const asBrowser = { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' } as const;

  it.each(['/nothing-here', '/Sign-in', '/index.html', '/assets', '/events/a/b', '/v2'])(
    'is what a person is shown at %s, who is then told that there is none',
    async (path) => {
      const page = await fetch(gateway.url + path, asBrowser);
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await page.text()).toContain('csp-nonce');
      expect(service.seen).toEqual([]);
    },
  );

  it.each([
    ['/events/', '/events'],
    ['/contact-information/history//?a=b', '/contact-information/history?a=b'],
    ['/sign-in/?token=x&next=%2F%2Fevil.example', '/sign-in?token=x&next=%2F%2Fevil.example'],
  ])('at %s leads a person to %s', async (path, to) => {
    const answer = await fetch(gateway.url + path, asBrowser);
    expect(answer.status).toBe(308);
    expect(new URL(answer.headers.get('location') ?? '', gateway.url + path).href).toBe(gateway.url + to);
  });

  it.each(['/v1/nothing', '/v1', '/docs/nothing', '/assets/none.js'])(
    'does not stand at %s, whoever looks',
    async (path) => {
      expect((await problemOf(await fetch(gateway.url + path, asBrowser))).status).toBe(404);
    },
  );

  it.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) => {
    expect((await problemOf(await fetch(`${gateway.url}/sign-in`, { method }))).status).toBe(405);
  });
});

/** The bytes as they came over the wire, which fetch would have unpacked. */
const ask = (path: string, headers: Record<string, string>) =>
  new Promise<{ headers: Record<string, unknown>; length: number }>((resolve, reject) => {
    request(gateway.url + path, { headers }, (response) => {
      let length = 0;
      response.on('data', (piece: Buffer) => (length += piece.length));
      response.on('end', () => resolve({ headers: response.headers, length }));
    })
      .on('error', reject)
      .end();
  });

describe('a file of the portal', () => {
  it('is kept for ever by who has it, since its name says what is in it', async () => {
    const file = await fetch(gateway.url + portalScript.path);
    expect(file.headers.get('content-type')).toBe('text/javascript');
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await file.text()).toBe(portalScript.text);
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ])('goes out to who reads %s as %s', async (accepted, encoding) => {
    const { headers, length } = await ask(portalScript.path, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    if (encoding === undefined) expect(length).toBe(portalScript.text.length);
    else expect(length).toBeLessThan(portalScript.text.length / 10);
  });

  it.each([
    '/assets/none.js',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html',
    '/assets/..%5cindex.html',
    '/assets/%00',
    '/assets/%ff',
  ])('is not found outside of its folder: %s', async (path) => {
    const answer = await ask(path, {});
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('where PUBLIC_URL has a path', () => {
  it.each([
    ['https://signalbox.example', '/'],
    ['https://signalbox.example/', '/'],
    ['https://signalbox.example/some/where', '/some/where/'],
    ['https://signalbox.example/a&b"<c>/', '/a&amp;b%22%3Cc%3E/'],
  ])('%s, the addresses of the page start with %s', async (PUBLIC_URL, base) => {
    const other = await runGateway({ KAFKA_BROKERS: realBrokers(), ...servedBy(service), PUBLIC_URL });
    const html = await (await fetch(`${other.url}/sign-in`)).text();
    // Whether or not a proxy takes the path away.
    const below = await Promise.all(
      ['sign-in?token=x', portalScript.path.slice(1), 'v1/help', ''].map(
        async (path) =>
          (await fetch(new URL(path, other.url + new URL(PUBLIC_URL).pathname.replace(/\/*$/, '/')))).status,
      ),
    );
    await other.stop('spec');
    expect(html).toContain(`<base href="${base}" />`);
    expect(below).toEqual([200, 200, 200, 200]);
  });
});

describe('a portal that is not built', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'signalbox-no-portal-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = () => readPortal(folder, 'http://127.0.0.1:8080');

  it('keeps the gateway from starting, and says what to do', () => {
    expect(read).toThrow(StartError);
    expect(read).toThrow(
      `The portal is not built: ${folder}/index.html is missing. \`npm run build\` makes it.`,
    );
  });

  it('or one without a place for the nonce', async () => {
    await writeFile(join(folder, 'index.html'), '<base href="%SIGNALBOX_BASE%" />');
    expect(read).toThrow('it has no %SIGNALBOX_NONCE%');
  });
});
