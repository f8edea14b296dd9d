import { eventually } from '@signalbox/testing';
import type { Page } from 'playwright-core';
import { useBrowser } from '../support/browser.js';
import { token, useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);
const ana = 'ana@acme-tours.example';
const lucia = 'lucia@bistro-uno.example';

/** Posts an event, and waits until nothing of it is open. */
async function happened(event: { kind: string; title: string; [field: string]: unknown }): Promise<string> {
  const { body } = await signalbox().post(event);
  const id = body.accepted?.[0]?.id ?? '';
  await signalbox().eventClosed(id);
  return id;
}

const openFromList = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
};

describe('a partner sees what became of it', () => {
  it('who changes a contact finds the next emergency with the new one in it, and the change in the history', async () => {
    const { page } = await browser().personOf(ana);
    const [title, address] = [`Disabled ${token()}`, `${token()}@acme-tours.example`];
    await page.goto('contact-information');
    const emergency = page.getByRole('group', { name: /^Technical emergency/ });
    await emergency.getByRole('textbox', { name: 'Mail address' }).first().fill(address);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Saved. In force from the next event on' }).waitFor();

    await happened({ kind: 'emergency', title });
    expect(await signalbox().recipientsAbout(title)).toEqual([address]);
    await page.goto('events');
    await openFromList(page, title);
    await page.getByText(`${address} was told: the mail server took the mail.`).waitFor();
    await page.getByRole('link', { name: /^Decided with version/ }).click();
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
    await page.getByText(`${address} was added.`).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();

    // The link stays good when so many versions came later that the list has to be read on for it.
    const link = await page.getByRole('link', { name: /^Decided with version/ }).getAttribute('href');
    for (let place = 0; place < 21; place += 1) {
      const addresses = [{ email: `${token()}@acme-tours.example` }];
      await signalbox().saveContacts('acme-tours', { technicalNonEmergency: { addresses } });
    }
    await page.goto(link ?? '');
    const version = page.locator('li[aria-current]').filter({ hasText: `${address} was added.` });
    await version.waitFor();
    await eventually(async () => {
      const y = (await version.boundingBox())?.y ?? 0;
      return y > 60 && y < 600;
    });
  });

  it('on a phone: the longest word makes no page wider, and the menu goes by the keyboard', async () => {
    const { page } = await browser().personOf(ana, { viewport: { width: 360, height: 740 } });
    const title = token().padEnd(200, 'x');
    const id = await happened({ kind: 'matching-issue', title });
    for (const path of ['', 'events', `events/${id}`]) {
      await page.goto(path);
      await page.getByText(title).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
    const menu = page.getByRole('button', { name: 'Menu' });
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await menu.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('combobox', { name: 'Language' }).focus();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('es');
    await page.getByRole('combobox', { name: 'Idioma' }).waitFor();
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Idioma');
    await page.keyboard.press('Escape');
    expect(await page.locator(':focus').getAttribute('aria-expanded')).toBe('false');
  });

  it('in sandbox and production apart: nobody is told of an incident in the sandbox, and it says why', async () => {
    const { page } = await browser().personOf(ana);
    const title = `Sandbox ${token()}`;
    await happened({ kind: 'production-incident', title, environment: 'sandbox' });
    await page.goto('events');
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.getByRole('list', { name: 'Events, the newest first' }).waitFor();
    expect(await page.getByRole('link', { name: title }).count()).toBe(0);
    await page.getByLabel('Environment').filter({ visible: true }).selectOption('sandbox');
    await openFromList(page, title);
    expect(new URL(page.url()).searchParams.get('environment')).toBe('sandbox');
    await page.getByText('Alert contacts are told of production alone').first().waitFor();
  });

  it('filters stand in the address, and the back button takes them back', async () => {
    const visitor = await browser().personOf(ana);
    const { page, context } = visitor;
    const [emergency, notice] = [`Emergency ${token()}`, `Notice ${token()}`];
    await happened({ kind: 'emergency', title: emergency });
    await happened({ kind: 'matching-issue', title: notice });
    await page.goto('events');
    await page.getByRole('link', { name: emergency }).waitFor();
    await page.getByLabel('Kind').selectOption('matching-issue');
    await page.getByRole('link', { name: emergency }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('kind')).toBe('matching-issue');
    await page.getByRole('link', { name: notice }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: emergency }).waitFor();
    await page.goto('events?to=2020-01-01');
    await page.getByText('No event fits these filters').waitFor();

    // Typed digit by digit, of which only the last makes a day of it, the focus stays where it is.
    await page.goto('events');
    await page.getByLabel('From', { exact: true }).focus();
    await page.keyboard.type('01022030');
    await page.getByText('No event fits these filters').waitFor();
    expect(new URL(page.url()).searchParams.get('from')).toBe('2030-01-02');
    expect(await page.locator('input:focus').inputValue()).toBe('2030-01-02');
    await page.goBack();
    await page.getByRole('link', { name: emergency }).waitFor();

    // Without a network that is said, and the list says that it could not be had; it comes with the network.
    visitor.pardon(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.getByLabel('Kind').selectOption('removal-request');
    await page.getByText('Signalbox does not answer.').waitFor();
    await page.getByLabel('Kind').selectOption('emergency');
    await context.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: emergency }).waitFor();
  });

  it('and nothing of another account: neither in a list, nor by the link to an event of it', async () => {
    const title = `Of acme ${token()}`;
    const id = await happened({ kind: 'emergency', title });
    const { page } = await browser().personOf(lucia);
    await page.goto(`events/${id}`);
    await page.getByText('That is not there, or not for you to see.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'This page cannot be shown' }).waitFor();
    expect(await page.title()).toBe('This page cannot be shown · Signalbox');
    await page.goto('events');
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.getByText('Nothing has happened yet', { exact: true }).waitFor();
    for (const path of [
      `events/${id}?account=acme-tours`,
      'events?account=acme-tours',
      '?account=acme-tours',
      'users?account=acme-tours',
      'contact-information/history?account=acme-tours',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: 'You have no access to this account' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('body').innerText()).not.toMatch(/acme/i);
    }
    await page.getByRole('link', { name: 'Go to my account' }).click();
    await page.getByText('Bistró Uno').first().waitFor();
    expect(page.url()).not.toContain('acme');
  });

  it('more than a page of events is there when it is asked for, each once', async () => {
    const { page } = await browser().personOf(lucia);
    const mark = token();
    const titles = Array.from({ length: 51 }, (_, place) => `${mark} ${place}`);
    await Promise.all(
      titles.map((title) => signalbox().post({ kind: 'matching-issue', title, account: 'bistro-uno' })),
    );
    await signalbox().settled();
    await page.goto('events');
    const links = page.getByRole('link', { name: mark });
    await links.nth(49).waitFor();
    expect(await links.count()).toBe(50);
    await page.getByText('50 are shown; there are more.').waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await links.nth(50).waitFor();
    expect(new Set(await links.allTextContents()).size).toBe(51);
  });

  it('an address is confirmed by its mail, and what came of a test mail stands beside it', async () => {
    const { page } = await browser().personOf(lucia);
    const email = `${token()}@bistro-uno.example`;
    await signalbox().saveContacts('bistro-uno', { technicalNonEmergency: { addresses: [{ email }] } });
    await page.goto('contact-information');
    const known = page.getByRole('listitem').filter({ hasText: email }).last();
    await page.getByRole('button', { name: 'Send a test mail to Technical, non-emergency' }).click();
    await page.getByText('One test mail is on its way.').waitFor();
    await page.getByRole('button', { name: `Send a confirmation to ${email}` }).click();
    const reader = await browser().visitor();
    await reader.page.goto((await signalbox().linkMailedTo(email, '/confirm-address')).href);
    await reader.page.getByRole('main').getByRole('button').click();
    await reader.page.getByText('The address is confirmed for').waitFor();
    await eventually(async () => {
      await page.reload();
      await known.getByText('Somebody has followed a link that we sent there.').waitFor();
      return (await known.innerText()).includes('arrived at their mail server');
    });
  });

  it('and what somebody wrote into a text is read, and runs nowhere', async () => {
    const script = `"><img src=x onerror="window.ran=1"><script>window.ran=1</script>`;
    const url = 'javascript:window.ran=1';
    const mark = token();
    const id = await happened({
      kind: 'emergency',
      title: `${mark} ${script}`,
      ...{ summary: script, impact: script, details: { [script]: script, url } },
      links: [{ label: script, url: 'https://docs.example/' }],
    });
    const complaint = await happened({
      kind: 'merchant-complaint',
      title: script,
      merchantName: `${mark} of ${script}`,
      complaint: script,
    });
    const escalation = await happened({
      kind: 'user-escalation',
      title: script,
      reservationReference: `${mark} ${script}`,
      reason: url,
    });
    const refused = await signalbox().post({ kind: 'emergency', title: mark, links: [{ label: 'x', url }] });
    expect(refused.status).toBe(400);
    const label = `<b onmouseover=window.ran=1>${mark}`;
    const addresses = [{ email: `${mark}@acme-tours.example`, label }];
    await signalbox().saveContacts('acme-tours', {
      technicalNonEmergency: { addresses },
      operationalShared: { email: 'ajuda@acme-tours.example', isBrandSupportAlias: true, label },
    });
    const userPath = '/v1/accounts/acme-tours/users';
    const name = `<svg onload=window.ran=1> ${mark}`;
    await signalbox().operator.call('POST', userPath, {
      body: { email: `u-${mark}@acme-tours.example`, name },
      expect: [201],
    });
    const accountName = `<i onclick=window.ran=1>${mark}`;
    await signalbox().operator.call('PATCH', '/v1/accounts/acme-tours', {
      body: { name: accountName },
      expect: [200],
    });

    const { page } = await browser().personOf(ana);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const shownAt: readonly (readonly [string, string])[] = [
      [`events/${id}`, script],
      [`events/${complaint}`, `${mark} of ${script}`],
      [`events/${escalation}`, `${mark} ${script}`],
      ['events', `${mark} ${script}`],
      ['', `${mark} ${script}`],
      ['', accountName],
      ['users', name],
      ['contact-information/history', label],
      ['contact-information', label],
    ];
    for (const [path, text] of shownAt) {
      await page.goto(path);
      await page.getByText(text).first().waitFor();
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await page.locator('a[href^="javascript:" i], img[src=x]').count()).toBe(0);
    }
    expect(dialogs).toEqual([]);
  });
});
