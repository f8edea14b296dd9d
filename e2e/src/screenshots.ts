// npm run screenshots: opens every page of the portal on a stack of its own, and brings about the states that a page can be in.
// It puts pictures of them into .local/screenshots/, narrow and wide, light and dark, and fails when a page is wider than its
// window, or does what none may.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalPages, type PortalPage } from '@signalbox/contracts';
import { localDirectory, startStack } from '@signalbox/tools';
import { prepareStates, states } from './screenshot-states.js';
import { BrowserOfSpec, launchChromium } from './support/browser.js';
import { shown } from './support/shown.js';
import { Signalbox } from './support/signalbox.js';
import type { Visitor } from './support/visitor.js';

const widths = [360, 1280] as const;
const colorSchemes = ['light', 'dark'] as const;
const height = 800;
const ana = 'ana@acme-tours.example';
const noah = 'noah@nova-stays.example';

/** Pages that are for who is not signed in. */
const isPublic = (page: PortalPage): boolean =>
  ['signIn', 'invitation', 'confirmAddress', 'acknowledge'].includes(page);

const folder = join(localDirectory, 'screenshots');
const dir = await mkdtemp(join(tmpdir(), 'signalbox-screenshots-'));
const stack = await startStack({ dir, ports: 'free', onLine: (line) => console.log(line) });
try {
  process.exitCode = (await takeAll(new Signalbox(stack))) ? 0 : 1;
} finally {
  await stack.stop();
  await rm(dir, { recursive: true, force: true });
}

/** @returns whether every page was as it is to be. */
async function takeAll(signalbox: Signalbox): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const id = await prepare(signalbox);
  const stage = await prepareStates(signalbox);
  const browser = new BrowserOfSpec(await launchChromium(), () => signalbox);
  const wrong: string[] = [];
  for (const width of widths) {
    for (const colorScheme of colorSchemes) {
      const window = { viewport: { width, height }, colorScheme };
      const suffix = `${width}-${colorScheme}`;
      const [anybody, partner, atGate] = [
        await browser.visitor(window),
        await browser.personOf(ana, window),
        await browser.personOf(noah, window),
      ];
      for (const [name, path] of Object.entries(portalPages) as [PortalPage, string][]) {
        const place = path.slice(1).replace('$id', id);
        const visitor = isPublic(name) ? anybody : partner;
        await open(visitor, place);
        wrong.push(...(await take(visitor, `${name}-${suffix}`)));
      }
      await open(atGate, '');
      wrong.push(...(await take(atGate, `gate-${suffix}`)));
      wrong.push(...(await browser.leave()));
      for (const [name, bringAbout] of Object.entries(states)) {
        const visitor = await bringAbout({ ...stage, signalbox, browser, window, open });
        wrong.push(...(await take(visitor, `${name}-${suffix}`)));
        wrong.push(...(await browser.leave()));
      }
    }
  }
  await browser.close();
  for (const line of wrong) console.error(line);
  console.log(`The pictures are in ${folder}.`);
  return wrong.length === 0;
}

/** What there is to be seen: an event of several kinds, told and not told. @returns the id of the emergency. */
async function prepare(signalbox: Signalbox): Promise<string> {
  const events = [
    { kind: 'matching-issue', title: '12 tours could not be matched' },
    {
      kind: 'merchant-complaint',
      title: 'Casa Pepe complains about its opening hours',
      merchantName: 'Casa Pepe',
    },
    {
      kind: 'production-incident',
      title: 'Availability is out of date',
      severity: 'warning',
      status: 'firing',
    },
    {
      kind: 'emergency',
      title: 'Integration disabled',
      severity: 'critical',
      summary: 'Your feed answered 500 for 15 minutes, so we switched the integration off.',
      impact: 'No bookings are taken.',
      links: [{ label: 'Runbook', url: 'https://docs.signalbox.example/runbook' }],
    },
  ];
  let id = '';
  for (const event of events) {
    id = (await signalbox.post(event)).body.accepted?.[0]?.id ?? '';
    await signalbox.eventClosed(id);
  }
  return id;
}

/** Opens a page, and waits until nothing on it is loading. */
async function open({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path);
  await shown(page);
}

/** A picture of what is on the screen. @returns what is wrong with it. */
async function take({ page }: Visitor, name: string): Promise<string[]> {
  const { width } = page.viewportSize() ?? { width: 0 };
  const [pageWidth = 0, pageHeight = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
  );
  // As tall as the page, so that what stands fixed at the window's edges stands at the page's.
  await page.setViewportSize({ width, height: Math.max(height, pageHeight) });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.setViewportSize({ width, height });
  return pageWidth > width ? [`${name} is ${pageWidth - width} px wider than its window.`] : [];
}
