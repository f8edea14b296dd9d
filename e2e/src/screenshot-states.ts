import type { SupportHours } from '@signalbox/contracts';
import type { BrowserOfSpec, VisitorOptions } from './support/browser.js';
import { ContactForm, newPartner } from './support/contact-form.js';
import { shown } from './support/shown.js';
import { token, type Signalbox } from './support/signalbox.js';
import type { Visitor } from './support/visitor.js';

const account = 'lumen-travel';
const iris = `iris@${account}.example`;
const ana = 'ana@acme-tours.example';
const lucia = 'lucia@bistro-uno.example';

const operationalSupport: SupportHours = {
  hours: [
    {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      opens: '08:00',
      closes: '20:00',
      timeZone: 'America/Sao_Paulo',
    },
    { days: ['fri', 'sat'], opens: '21:00', closes: '02:00', timeZone: 'Europe/Lisbon' },
  ],
  closedDates: ['2026-12-25', '2027-01-01'],
};

interface Stage {
  /** An event with many mails, that arrived again and again. */
  readonly longEvent: string;
}

/** An account that has a bit of everything: users, invitations, several addresses and hours. */
export async function prepareStates(signalbox: Signalbox): Promise<Stage> {
  const { operator } = signalbox;
  const path = `/v1/accounts/${account}`;
  await operator.call('POST', '/v1/accounts', {
    body: {
      id: account,
      name: 'Lumen Travel',
      integrationType: 'reservations',
      owner: 'owner@signalbox.example',
    },
    expect: [201],
  });
  await operator.call('POST', `${path}/users`, {
    body: { email: iris, name: 'Iris Almeida', role: 'admin' },
    expect: [201],
  });
  const { body } = await operator.call<{ user: { id: string } }>('POST', `${path}/users`, {
    body: { email: `rafael.de.andrade.monteiro@${account}.example`, name: 'Rafael de Andrade Monteiro' },
    expect: [201],
  });
  for (const [name, role] of [
    ['joana', 'member'],
    ['maria-fernanda.albuquerque', 'admin'],
  ]) {
    await operator.call('POST', `${path}/invitations`, {
      body: { email: `${name}@${account}.example`, role },
      expect: [201],
    });
  }
  const addresses = (...names: string[]) => ({
    addresses: names.map((name) => ({ email: `${name}@${account}.example` })),
  });
  await signalbox.saveContacts(account, {
    alertContacts: { userIds: [body.user.id] },
    technicalEmergency: addresses('page', 'on-call-second', 'on-call-third', 'director-of-engineering'),
    technicalNonEmergency: addresses('integrations'),
    merchantIssues: addresses('merchants'),
    operationalInternal: addresses('operations'),
    operationalShared: { email: `help@${account}.example`, isBrandSupportAlias: true },
    operationalSupport,
  });
  await operator.call('POST', `${path}/launch`, { expect: [200] });
  const event = { account, kind: 'emergency', id: token(), title: 'Bookings are refused by your endpoint' };
  for (let time = 0; time < 3; time += 1) await signalbox.post({ ...event, severity: 'critical' });
  await signalbox.eventClosed(event.id);
  return { longEvent: event.id };
}

interface Scene extends Stage {
  readonly signalbox: Signalbox;
  readonly browser: BrowserOfSpec;
  readonly window: VisitorOptions;
  /** Opens a page, and waits until nothing on it is loading. */
  readonly open: (visitor: Visitor, path: string) => Promise<void>;
}

/** Brings about what a page shows only now and then. @returns in whose window it is. */
type State = (scene: Scene) => Promise<Visitor>;

const at =
  (email: string, path: string | ((scene: Scene) => string)): State =>
  async (scene) => {
    const visitor = await scene.browser.personOf(email, scene.window);
    await scene.open(visitor, typeof path === 'string' ? path : path(scene));
    return visitor;
  };

/** A state that another one leads to. */
const then =
  (before: State, act: (visitor: Visitor, scene: Scene) => Promise<unknown>): State =>
  async (scene) => {
    const visitor = await before(scene);
    await act(visitor, scene);
    return visitor;
  };

/** In place of the API. */
async function refuse({ page }: Visitor, url: string, status: number, code: string): Promise<void> {
  const body = JSON.stringify({ type: 'about:blank', status, code, detail: '', title: '' });
  await page.route(url, (route) => route.fulfill({ status, contentType: 'application/problem+json', body }));
}

const contacts = at(iris, 'contact-information');
const users = at(iris, 'users');
const asked = then(users, async ({ page }) => {
  await page.getByRole('button', { name: /^Remove Rafael/ }).click();
  await page.getByRole('dialog').waitFor();
});

/** Somebody whose account is new. */
const newcomer: State = async ({ signalbox, browser, window, open }) => {
  const { email } = await newPartner(signalbox);
  const visitor = await browser.personOf(email, window);
  await open(visitor, '');
  return visitor;
};

export const states: Readonly<Record<string, State>> = {
  contactsOfMany: contacts,
  contactErrors: then(contacts, async ({ page }) => {
    const form = new ContactForm(page);
    await form.address('technicalEmergency', 1).fill('no address');
    await form.named('operationalSupport.hours.0.timeZone').fill('sao paulo');
    await form.named('operationalShared.isBrandSupportAlias').uncheck();
    await form.saves().click();
    await page.getByRole('alert').first().waitFor();
  }),
  contactConflict: then(contacts, async ({ page }, { signalbox }) => {
    const form = new ContactForm(page);
    await form.address('technicalNonEmergency').fill(`mine@${account}.example`);
    await signalbox.saveContacts(account, {
      technicalNonEmergency: { addresses: [{ email: `${token()}@${account}.example` }] },
    });
    await form.saves().click();
    await page.getByRole('region', { name: 'Somebody else has saved meanwhile' }).waitFor();
  }),
  usersOfMany: users,
  usersAsked: asked,
  usersRefused: then(asked, async ({ page }) => {
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alert').waitFor();
  }),
  overviewOfSandbox: at(iris, '?environment=sandbox'),
  eventLong: at(iris, ({ longEvent }) => `events/${longEvent}`),
  eventUnknown: async ({ browser, window }) => {
    const visitor = await browser.personOf(iris, window);
    await visitor.page.goto('events/none');
    await visitor.page.getByRole('alert').waitFor();
    return visitor;
  },
  eventsEmpty: at(lucia, 'events'),
  eventsNoMatch: at(ana, 'events?to=2020-01-01'),
  eventsLoading: async ({ browser, window }) => {
    const visitor = await browser.personOf(ana, window);
    await visitor.page.route('**/v1/events?*', () => new Promise(() => undefined));
    await visitor.page.goto('events');
    await visitor.page.locator('.mantine-Skeleton-root').first().waitFor();
    return visitor;
  },
  eventsFailed: async ({ browser, window }) => {
    const visitor = await browser.personOf(ana, window);
    visitor.pardon(/answered 503/);
    await refuse(visitor, '**/v1/events?*', 503, 'service-unavailable');
    await visitor.page.goto('events');
    await visitor.page.getByRole('alert').waitFor();
    return visitor;
  },
  menu: then(at(ana, ''), async ({ page }) => {
    const button = page.getByRole('button', { name: 'Menu' });
    if (await button.isVisible()) await button.click();
  }),
  gateUsers: then(newcomer, async ({ page }) => {
    await page.getByRole('tab', { name: 'Users' }).click();
    await page.getByRole('heading', { name: 'Who has access' }).waitFor();
  }),
  gateOpened: then(newcomer, async ({ page }) => {
    const form = new ContactForm(page);
    await form.fillTechnical(account);
    await form.fillOperational(account);
    await form.saves().click();
    await page.getByRole('status').filter({ hasText: 'Everything required is there' }).waitFor();
    await shown(page);
  }),
  signInSent: async ({ browser, window }) => {
    const visitor = await browser.visitor(window);
    await visitor.page.goto('sign-in');
    await visitor.page.locator('input[type=email]').fill('somebody@example.com');
    await visitor.page.getByRole('main').getByRole('button').click();
    await visitor.page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    return visitor;
  },
  nowhere: async ({ browser, window, open }) => {
    const visitor = await browser.visitor(window);
    await open(visitor, 'nothing/here');
    return visitor;
  },
  noAccess: at(iris, '?account=acme-tours'),
  signInUsed: async ({ signalbox, browser, window }) => {
    const { email } = await newPartner(signalbox);
    const [first, second] = [await browser.visitor(window), await browser.visitor(window)];
    await first.page.goto('sign-in');
    await first.page.locator('input[type=email]').fill(email);
    await first.page.getByRole('main').getByRole('button').click();
    const { href } = await signalbox.linkMailedTo(email, '/sign-in');
    for (const { page } of [first, second]) {
      await page.goto(href);
      await page.getByRole('main').getByRole('button').click();
      await page.getByRole(page === first.page ? 'dialog' : 'alert').waitFor();
    }
    return second;
  },
  signInExpired: async ({ browser, window }) => {
    const visitor = await browser.visitor(window);
    await refuse(visitor, '**/v1/sign-in/confirm', 410, 'sign-in-link-expired');
    await visitor.page.goto('sign-in?token=of-yesterday');
    await visitor.page.getByRole('main').getByRole('button').click();
    await visitor.page.getByRole('alert').waitFor();
    return visitor;
  },
  signInUnknown: async ({ browser, window }) => {
    const visitor = await browser.visitor(window);
    await visitor.page.goto('sign-in?token=never-sent');
    await visitor.page.getByRole('main').getByRole('button').click();
    await visitor.page.getByRole('alert').waitFor();
    return visitor;
  },
};
