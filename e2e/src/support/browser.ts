import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { localDirectory, provideChromium } from '@signalbox/tools';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import type { Signalbox } from './signalbox.js';
import { Visitor } from './visitor.js';

/** Nothing but this machine can be reached, and Chromium asks nobody anything by itself. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** How long a locator or a navigation is waited for, in milliseconds; the stack shares two cores with the browser. */
const waitedForMs = 20_000;

/** Real Chromium with a profile of its own. As root it runs only without its sandbox. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await provideChromium((line) => process.stderr.write(`  ${line}\n`));
  return chromium.launch({ executablePath, args: flags, chromiumSandbox: process.getuid?.() !== 0 });
}

export interface VisitorOptions extends BrowserContextOptions {
  /** Where the portal is, with its path, ending in a slash; the stack's gateway when left out. */
  readonly at?: string;
}

/** The people of one spec file, each in a window of their own. */
export class BrowserOfSpec {
  readonly visitors: Visitor[] = [];
  /** By address: the cookies of who has signed in before. */
  readonly #signedIn = new Map<string, BrowserContextOptions['storageState']>();

  constructor(
    private readonly browser: Browser,
    private readonly signalbox: () => Signalbox,
  ) {}

  /** Somebody who is not signed in. Paths for `page.goto` are relative: `sign-in`, not `/sign-in`. */
  async visitor({
    at = `${this.signalbox().stack.gateway}/`,
    ...options
  }: VisitorOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({ baseURL: at, locale: 'en', ...options });
    context.setDefaultTimeout(waitedForMs);
    const visitor = await Visitor.in(context, new URL(at).origin);
    this.visitors.push(visitor);
    return visitor;
  }

  /**
   * Somebody who has signed in: by the mail's link the first time, and with the cookie of that time while it holds, since
   * an address is mailed five links in a quarter of an hour and no more.
   */
  async personOf(email: string, options: VisitorOptions = {}): Promise<Visitor> {
    const storageState = this.#signedIn.get(email);
    const visitor = await this.visitor({ ...options, ...(storageState !== undefined && { storageState }) });
    if (storageState !== undefined && (await isSignedIn(visitor))) return visitor;
    await this.signIn(visitor, email);
    this.#signedIn.set(email, await visitor.context.storageState());
    return visitor;
  }

  /** As a person does it: asks for a link, opens the mail, opens the link, presses the one button. */
  async signIn({ page }: Visitor, email: string, from = 'sign-in'): Promise<void> {
    await page.goto(from);
    const button = page.getByRole('main').getByRole('button');
    await page.locator('input[type=email]').fill(email);
    await button.click();
    await page.goto((await this.signalbox().linkMailedTo(email, '/sign-in')).href);
    const confirmed = page.waitForResponse((response) => response.url().endsWith('/v1/sign-in/confirm'));
    await button.click();
    const status = (await confirmed).status();
    if (status !== 200) throw new Error(`${email} could not sign in: the link was answered ${status}`);
    await page.waitForURL(({ pathname }) => !pathname.endsWith('/sign-in'));
  }

  /** What is on every screen, into `.local/browser/`. */
  async takePictures(name: string): Promise<void> {
    const folder = join(localDirectory, 'browser');
    await mkdir(folder, { recursive: true });
    for (const [place, { page }] of this.visitors.entries()) {
      await page.screenshot({ path: join(folder, `${name}-${place + 1}.png`), fullPage: true });
    }
  }

  /** Closes every window. @returns what they complained of. */
  async leave(): Promise<string[]> {
    const complaints = this.visitors.flatMap((visitor) => visitor.complaints());
    await Promise.all(this.visitors.splice(0).map(({ context }) => context.close()));
    return complaints;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

async function isSignedIn({ page }: Visitor): Promise<boolean> {
  return (await page.request.get('v1/session')).status() === 200;
}

/**
 * Gives a spec file a real browser. After each test the windows are closed, and the test fails when a page has done what no
 * page of ours may: an error in the console, a violation of its policy, a request to somebody else.
 */
export function useBrowser(signalbox: () => Signalbox): () => BrowserOfSpec {
  let browser: BrowserOfSpec | undefined;

  // Long enough for an installation; where there is a browser it takes a second.
  beforeAll(async () => {
    browser = new BrowserOfSpec(await launchChromium(), signalbox);
  }, 900_000);

  afterEach(async () => {
    const { hasTestFailed } = globalThis as { hasTestFailed?: boolean };
    if (hasTestFailed === true) await browser?.takePictures(nameOfTest());
    expect(await browser?.leave()).toEqual([]);
  });

  afterAll(() => browser?.close());

  return () => {
    if (browser === undefined) throw new Error('the browser is not running');
    return browser;
  };
}

/** The spec file's name and the test's, as a file's name. */
function nameOfTest(): string {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return `${basename(testPath, '.e2e.spec.ts')}-${currentTestName}`.replace(/[^\w-]+/g, '-').slice(0, 150);
}
