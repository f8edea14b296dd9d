import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@signalbox/tools';
import { useBrowser } from '../support/browser.js';
import { useSignalbox } from '../support/signalbox.js';

/** Where PUBLIC_URL leads: a proxy in front of the gateway that takes the path away, as an ingress does. */
const proxyPort = await freePort();
const path = '/some/where';
const publicUrl = `http://127.0.0.1:${proxyPort}${path}`;
const signalbox = useSignalbox({ env: { PUBLIC_URL: publicUrl } });
const browser = useBrowser(signalbox);
const noah = 'noah@nova-stays.example';

let proxy: Server;
let foreign: Server;
let foreignOrigin = '';

beforeAll(async () => {
  proxy = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith(`${path}/`) !== true) return void outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const onwards = ask(signalbox().stack.gateway + incoming.url.slice(path.length), { method, headers });
    onwards.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onwards);
  });
  foreign = createServer(
    (_, response) => void response.setHeader('Content-Type', 'text/html').end('<p>here</p>'),
  );
  await new Promise<void>((resolve) => proxy.listen(proxyPort, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  // Another site than 127.0.0.1 to a browser, not only another origin.
  foreignOrigin = `http://localhost:${(foreign.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const server of [proxy, foreign]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const at = `${publicUrl}/`;

/** Without what the portal keeps in the query, and without the slash that its router may leave out. */
const placeOf = (url: string): string => url.replace(/\/?(?:[?#].*)?$/, '');

describe('the page is served safely', () => {
  it('below the path of PUBLIC_URL a person signs in, and no page breaks the policy or asks anybody else', async () => {
    const { page, context } = await browser().personOf(noah, { at });
    expect(placeOf(page.url())).toBe(publicUrl);
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }]);
    for (const deep of ['sign-in', 'invitation', 'confirm-address', '']) {
      const answer = await page.goto(deep);
      const policy = (await answer?.allHeaders())?.['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    for (const nowhere of ['nothing/here', 'Users']) {
      expect((await page.goto(nowhere))?.status()).toBe(404);
      await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    }
    await page.goto('users/');
    expect(placeOf(page.url())).toBe(`${publicUrl}/users`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('another site can change nothing with the session of who looks at it', async () => {
    const visitor = await browser().personOf(noah, { at });
    visitor.pardon(/localhost|v1\/session|net::ERR_FAILED|CORS policy/);
    const { page } = visitor;
    await page.goto(foreignOrigin);
    const blocked = await page.evaluate(
      `fetch('${publicUrl}/v1/session', { method: 'DELETE', credentials: 'include' }).then(() => 'answered', () => 'blocked')`,
    );
    expect(blocked).toBe('blocked');
    const posted = page.waitForResponse((answer) => answer.url().endsWith('/v1/sign-in'));
    await page.evaluate(
      `document.body.innerHTML = '<form method="post" action="${publicUrl}/v1/sign-in"></form>', document.forms[0].submit()`,
    );
    expect((await posted).status()).toBe(403);
    expect((await page.request.get(`${at}v1/session`)).status()).toBe(200);
  });

  it.each([
    ['//evil.example', 'ana@acme-tours.example'],
    ['/\\evil.example', 'lucia@bistro-uno.example'],
    ['https://evil.example', 'operator@signalbox.example'],
  ])('who signs in with a way back to %s stays here', async (next, email) => {
    const visitor = await browser().visitor({ at });
    const asked = new URLSearchParams({ next, return: next });
    await browser().signIn(visitor, email, `sign-in?${asked.toString()}`);
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    expect(placeOf(visitor.page.url())).toBe(publicUrl);
  });
});
