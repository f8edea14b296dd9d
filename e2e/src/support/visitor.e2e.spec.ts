import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@signalbox/testing';
import type { Browser } from 'playwright-core';
import { launchChromium } from './browser.js';
import { Visitor } from './visitor.js';

/** Pages that each do one thing no page of ours may, by their path. */
const pages: Readonly<Record<string, string>> = {
  '/good': '<script src="/good.js"></script>',
  '/console': '<script src="/console.js"></script>',
  '/error': '<script src="/error.js"></script>',
  '/inline': '<script>document.title = "inline"</script>',
  '/foreign': '<img src="https://elsewhere.example/pixel.png">',
  '/missing': '<script src="/nowhere.js"></script>',
  '/broken': '<script src="/ask-broken.js"></script>',
};
const scripts: Readonly<Record<string, string>> = {
  '/good.js': 'fetch("/refused").then(() => { document.title = "done"; });',
  '/console.js': 'console.error("something is wrong");',
  '/error.js': 'throw new Error("unexpected");',
  '/ask-broken.js': 'fetch("/fault");',
};

describe('a visitor complains', () => {
  let server: Server;
  let browser: Browser;
  let at = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      response.setHeader('Content-Security-Policy', "default-src 'self'; img-src *");
      if (pages[path] !== undefined)
        return void response.setHeader('Content-Type', 'text/html').end(pages[path]);
      if (scripts[path] !== undefined) {
        return void response.setHeader('Content-Type', 'text/javascript').end(scripts[path]);
      }
      response.writeHead(
        path === '/favicon.ico' ? 204 : path === '/refused' ? 401 : path === '/fault' ? 500 : 404,
      );
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  }, 900_000);

  afterAll(async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const visit = async (path: string): Promise<Visitor> => {
    const visitor = await Visitor.in(await browser.newContext(), at);
    await visitor.page.goto(at + path);
    return visitor;
  };

  it.each([
    ['/console', /^console: something is wrong$/],
    ['/error', /^error: unexpected$/],
    ['/inline', /^console: policy: script-src-elem blocked inline$/],
    ['/foreign', /^foreign: GET https:\/\/elsewhere\.example\/pixel\.png$/],
    ['/missing', /^answered 404: GET .*\/nowhere\.js$/],
    ['/broken', /^answered 500: GET .*\/fault$/],
  ])('of what the page at %s does, unless it is pardoned', async (path, expected) => {
    const visitor = await visit(path);
    await eventually(() => visitor.complaints().some((text) => expected.test(text)), {
      withinMs: 10_000,
      what: `a complaint ${String(expected)}`,
    });
    visitor.pardon(/./);
    expect(visitor.complaints()).toEqual([]);
    await visitor.context.close();
  });

  it('of nothing where a page only asks its own server, even where that refuses it', async () => {
    const visitor = await visit('/good');
    await visitor.page.waitForFunction('document.title === "done"');
    expect(visitor.complaints()).toEqual([]);
    await visitor.context.close();
  });
});
