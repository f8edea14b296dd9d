import { portalPages, type PortalPage } from '@signalbox/contracts';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axe.js';
import { useBrowser } from '../support/browser.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { shown } from '../support/shown.js';
import { token, useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

type Who = 'anybody' | 'partner' | 'at the gate' | 'staff';

/** A page as somebody meets it. */
interface Visit {
  readonly who: Who;
  /** Behind the page's path. */
  readonly search?: string | (() => string);
  /** What is done there, one after the other; axe looks before and after each. */
  readonly acts?: readonly ((page: Page) => Promise<void>)[];
}

const ofLink = `?token=${'x'.repeat(32)}`;

const pressTheButton = async (page: Page) => {
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('alert').waitFor();
};
const askForLink = async (page: Page) => {
  await page.locator('input[type=email]').fill('nobody@elsewhere.example');
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('status').getByRole('heading').waitFor();
};
const openDialogOfTheLastRow = async (page: Page) => {
  await page.getByRole('listitem').getByRole('button').last().click();
  await page.getByRole('dialog').getByRole('button').last().waitFor();
};
const invite = async (page: Page) => {
  await new ContactForm(page).in('alertContacts', 'button').last().click();
  await page.getByRole('dialog').last().locator('[name=email]').waitFor();
};
const saveWhatIsWrong = async (page: Page) => {
  const form = new ContactForm(page);
  await form.address('technicalEmergency').fill('no address');
  await form.saves().click();
  await page.locator('[aria-invalid=true]').first().waitFor();
};
const saveAfterSomebodyElse = async (page: Page) => {
  const form = new ContactForm(page);
  await form.address('technicalEmergency').fill('mine@acme-tours.example');
  const addresses = [{ email: `${token()}@acme-tours.example` }];
  await signalbox().saveContacts('acme-tours', { technicalEmergency: { addresses } });
  await form.saves().click();
  await page.locator('#contact-conflict').waitFor();
};
const addHours = async (page: Page) => {
  const form = new ContactForm(page);
  for (const button of ['first', 'last'] as const) {
    await form.in('operationalSupport', 'button')[button]().click();
  }
  await form.named('operationalSupport.closedDates.0').fill('2030-12-25');
  await form.in('operationalSupport', '.week-picture').waitFor();
};
const leaveOutTheName = async (page: Page) => {
  await page.getByRole('main').locator('form').getByRole('button').click();
  await page.locator('[aria-invalid=true]').waitFor();
};
const showUsers = async (page: Page) => {
  await page.getByRole('tab').last().click();
  await page.getByRole('tabpanel').locator('[name=email]').waitFor();
};
const openTheMenu = async (page: Page) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('banner').getByRole('button').first().click();
  await page.getByRole('navigation').getByRole('link').first().waitFor();
};

/** Every page of the table, and what stands where none is, in the states that look different. The compiler asks for a page that is new. */
const visits = {
  overview: [
    { who: 'partner', acts: [openTheMenu] },
    { who: 'partner', search: '?account=bistro-uno' },
    { who: 'staff' },
    { who: 'at the gate', acts: [addHours, saveWhatIsWrong, invite] },
    { who: 'at the gate', search: '?environment=sandbox', acts: [showUsers] },
  ],
  events: [{ who: 'partner' }, { who: 'partner', search: '?to=2020-01-01' }],
  event: [{ who: 'partner' }],
  contactInformation: [
    { who: 'partner', acts: [saveWhatIsWrong, invite] },
    { who: 'partner', acts: [saveAfterSomebodyElse] },
  ],
  contactHistory: [{ who: 'partner' }],
  users: [{ who: 'partner', acts: [openDialogOfTheLastRow] }],
  signIn: [
    { who: 'anybody', acts: [askForLink] },
    { who: 'anybody', search: ofLink, acts: [pressTheButton] },
  ],
  invitation: [{ who: 'anybody' }, { who: 'anybody', search: ofLink, acts: [pressTheButton] }],
  confirmAddress: [{ who: 'anybody' }, { who: 'anybody', search: ofLink, acts: [pressTheButton] }],
  acknowledge: [
    { who: 'anybody' },
    { who: 'anybody', search: ofLink },
    { who: 'anybody', search: () => linkOfEmergency.search, acts: [leaveOutTheName] },
  ],
  lost: [{ who: 'anybody' }],
} as const satisfies Record<PortalPage | 'lost', readonly Visit[]>;

/** An address that is no page's shows one, too. */
const places = { ...portalPages, lost: '/nothing/here' };

let eventId = '';
let linkOfEmergency: URL;
let emailAtTheGate = '';
let looks = 0;

beforeAll(async () => {
  const { body } = await signalbox().post({
    kind: 'emergency',
    title: 'Integration disabled',
    severity: 'critical',
    summary: 'Your feed answered 500 for 15 minutes.',
    impact: 'No bookings are taken.',
    details: { feed: 'availability' },
    links: [{ label: 'Runbook', url: 'https://docs.signalbox.example/runbook' }],
  });
  eventId = body.accepted?.[0]?.id ?? '';
  await signalbox().eventClosed(eventId);
  linkOfEmergency = await signalbox().linkMailedTo('page@acme-tours.example', '/acknowledge');
  await signalbox().operator.call('POST', '/v1/accounts/acme-tours/invitations', {
    body: { email: 'guide@acme-tours.example', role: 'member' },
    expect: [201],
  });
  emailAtTheGate = (await newPartner(signalbox())).email;
}, 60_000);

afterAll(() => console.log(`axe has looked ${looks} times.`));

/** Themes differ in their colours alone, so what is asked of the rest is asked once. */
async function findingsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await axeFindings(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFindings(page, ['color-contrast', 'link-in-text-block']);
  looks += 2;
  return [...light.map((finding) => `light: ${finding}`), ...dark.map((finding) => `dark: ${finding}`)];
}

it.each(['en', 'pt-BR', 'es'])(
  'axe finds nothing on any page in %s, light or dark',
  async (locale) => {
    const options = { locale, reducedMotion: 'reduce' } as const;
    const pageOf: Record<Who, Page> = {
      anybody: (await browser().visitor(options)).page,
      partner: (await browser().personOf('ana@acme-tours.example', options)).page,
      'at the gate': (await browser().personOf(emailAtTheGate, options)).page,
      staff: (await browser().personOf('operator@signalbox.example', options)).page,
    };
    const found: string[] = [];
    for (const [name, path] of Object.entries(places) as [PortalPage | 'lost', string][]) {
      const place = path.slice(1).replace('$id', eventId);
      for (const { who, search = '', acts = [] } of visits[name] as readonly Visit[]) {
        const page = pageOf[who];
        const query = typeof search === 'string' ? search : search();
        await page.goto(`${place}${query}`);
        await shown(page);
        // Where something else was shown in the page's place, nothing is known of the page.
        expect(new URL(page.url()).pathname).toBe(`/${place}`);
        expect(await page.evaluate('document.documentElement.lang')).toBe(locale);
        for (const act of [undefined, ...acts]) {
          await act?.(page);
          const visit = `${name}, ${who}${query}, ${act?.name ?? 'as it opens'}`;
          found.push(...(await findingsInBothThemes(page)).map((finding) => `${visit}, ${finding}`));
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      }
    }
    expect(found).toEqual([]);
  },
  600_000,
);
