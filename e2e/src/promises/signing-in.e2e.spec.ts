import { randomUUID } from 'node:crypto';
import { useBrowser } from '../support/browser.js';
import { useSignalbox, type Mail } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

/** What a browser does: keeps the cookie it is given, and says which page a request comes from. */
class CookieJar {
  private cookie: string | undefined;

  async send(method: string, path: string, body?: unknown) {
    const { gateway } = signalbox().stack;
    const response = await fetch(gateway + path, {
      method,
      headers: {
        ...(method !== 'GET' && { origin: gateway }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie !== undefined && { cookie: this.cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0];
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const json = (isJson ? JSON.parse(text) : {}) as {
      readonly code?: string;
      readonly [key: string]: unknown;
    };
    return { status: response.status, text, json, code: json.code };
  }
}

const tokenIn = (link: URL) => ({ token: link.searchParams.get('token') });
const ana = 'ana@acme-tours.example';

describe('signing in', () => {
  it('works once, by the button and not by opening the link; the session is of its own account until it signs out', async () => {
    const jar = new CookieJar();
    expect(
      (await jar.send('POST', '/v1/sign-in', { email: ana.toUpperCase().replace('ANA', 'Ana') })).status,
    ).toBe(202);
    const link = await signalbox().linkMailedTo(ana, '/sign-in');
    expect(link.origin).toBe(signalbox().stack.gateway);

    // A scanner opens the link, as often as it likes.
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
    expect((await jar.send('GET', `/v1/sign-in/confirm${link.search}`)).status).toBe(405);
    expect((await jar.send('GET', '/v1/session')).status).toBe(401);

    const signedIn = await jar.send('POST', '/v1/sign-in/confirm', tokenIn(link));
    expect(signedIn).toMatchObject({ status: 200, json: { kind: 'portal-user', email: ana } });
    const again = await new CookieJar().send('POST', '/v1/sign-in/confirm', tokenIn(link));
    expect(again).toMatchObject({ status: 410, code: 'sign-in-link-used' });

    const session = await jar.send('GET', '/v1/session');
    expect(session.json).toMatchObject({ accounts: [{ account: 'acme-tours', role: 'admin' }] });
    expect((await jar.send('GET', '/v1/accounts/acme-tours/contact-information')).status).toBe(200);
    const [foreign, absent] = [
      await jar.send('GET', '/v1/accounts/bistro-uno/contact-information'),
      await jar.send('GET', '/v1/accounts/no-such-one/contact-information'),
    ];
    expect(foreign.status).toBe(404);
    expect(foreign.text.replaceAll('bistro-uno', 'X')).toBe(absent.text.replaceAll('no-such-one', 'X'));

    expect((await jar.send('DELETE', '/v1/session')).status).toBe(204);
    expect((await jar.send('GET', '/v1/session')).status).toBe(401);
  });

  it('says the same to an address that nobody has, and mails it nothing', async () => {
    const jar = new CookieJar();
    const nobody = `nobody-${randomUUID()}@elsewhere.example`;
    const known = await jar.send('POST', '/v1/sign-in', { email: 'lucia@bistro-uno.example' });
    const unknown = await jar.send('POST', '/v1/sign-in', { email: nobody });
    expect({ ...unknown }).toEqual({ ...known });
    await signalbox().linkMailedTo('lucia@bistro-uno.example', '/sign-in');
    const query = new URLSearchParams({ query: `to:"${nobody}"` });
    const found = await fetch(`${signalbox().stack.mailbox}/api/v1/search?${query.toString()}`);
    expect(((await found.json()) as { messages: Mail[] }).messages).toEqual([]);
  });

  it('by the links in stack.json works for the operator and the demo accounts', async () => {
    const links = signalbox().stack.file().signIn;
    expect(Object.keys(links).sort()).toEqual(['acme-tours', 'nova-stays', 'operator']);
    const kinds = await Promise.all(
      Object.entries(links).map(async ([name, link]) => {
        const { json } = await new CookieJar().send('POST', '/v1/sign-in/confirm', tokenIn(new URL(link)));
        return [name, json.kind];
      }),
    );
    expect(Object.fromEntries(kinds)).toEqual({
      operator: 'staff',
      'acme-tours': 'portal-user',
      'nova-stays': 'portal-user',
    });
  });

  it('by an invitation makes a user, once', async () => {
    const invited = `new-${randomUUID().slice(0, 8)}@nova-stays.example`;
    const path = '/v1/accounts/nova-stays/invitations';
    await signalbox().operator.call('POST', path, {
      body: { email: invited, role: 'member' },
      expect: [201],
    });
    const link = await signalbox().linkMailedTo(invited, '/invitation');
    expect((await fetch(link)).status).toBe(200);
    const jar = new CookieJar();
    const accepted = await jar.send('POST', '/v1/invitations/accept', tokenIn(link));
    expect(accepted).toMatchObject({ status: 200, json: { email: invited, accounts: [{ role: 'member' }] } });
    expect((await jar.send('GET', '/v1/session')).status).toBe(200);
    const again = await new CookieJar().send('POST', '/v1/invitations/accept', tokenIn(link));
    expect(again).toMatchObject({ status: 410, code: 'invitation-accepted' });
  });

  it('in a real browser is one button on the page of the link', async () => {
    const { context, page } = await browser().personOf('noah@nova-stays.example');
    expect((await page.request.get('v1/session')).status()).toBe(200);
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Lax', path: '/' }]);
    expect(page.url()).not.toContain('token');
    expect(await page.evaluate('document.cookie')).toBe('');

    // Who signs out in that tab meets the form, and not the link once more.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Your mail address').fill('noah@nova-stays.example');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    const mailbox = await page.getByRole('link', { name: 'open its mailbox' }).getAttribute('href');
    expect(mailbox).toBe(signalbox().stack.mailbox);
    // Who then signs in from the mail, in another tab, is led in here as well; as is who opens the page signed in.
    const link = await signalbox().linkMailedTo('noah@nova-stays.example', '/sign-in');
    const other = await context.newPage();
    await other.goto(link.href);
    await other.getByRole('main').getByRole('button').click();
    await other.getByRole('dialog', { name: 'Before you go on' }).waitFor();
    await page.bringToFront();
    await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
    await page.getByRole('dialog', { name: 'Before you go on' }).waitFor();
    await page.goto('sign-in');
    await page.getByRole('dialog', { name: 'Before you go on' }).waitFor();

    // And a link that was used says only that.
    const late = (await browser().visitor()).page;
    await late.goto(link.href);
    await late.getByText('One more step').waitFor();
    await late.getByRole('main').getByRole('button').click();
    await late.getByText('This sign-in link was used already.').waitFor();
    expect(await late.getByText('One more step').count()).toBe(0);
  });
});
