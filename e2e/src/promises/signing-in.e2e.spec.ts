import { randomUUID } from 'node:crypto';
import { eventually } from '@signalbox/testing';
import { useSignalbox, type Mail } from '../support/signalbox.js';

const signalbox = useSignalbox();

/** What a browser does: keeps the cookie it is given, and says which page a request comes from. */
class Browser {
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

/** The link in the newest mail to an address. */
async function linkMailedTo(address: string, page: string): Promise<URL> {
  const { mailbox } = signalbox().stack;
  const query = new URLSearchParams({ query: `to:"${address}"` });
  return eventually(
    async () => {
      const found = await fetch(`${mailbox}/api/v1/search?${query.toString()}`);
      const { messages } = (await found.json()) as { messages: Mail[] };
      for (const { ID } of messages) {
        const mail = (await (await fetch(`${mailbox}/api/v1/message/${ID}`)).json()) as { Text: string };
        const [link] = new RegExp(`http\\S+${page}\\?token=[\\w.~-]+`).exec(mail.Text) ?? [];
        if (link !== undefined) return new URL(link);
      }
      return false;
    },
    { withinMs: 30_000, what: `a link to ${page} for ${address}` },
  );
}

const tokenIn = (link: URL) => ({ token: link.searchParams.get('token') });
const ana = 'ana@acme-tours.example';

describe('signing in', () => {
  it('works once, by the button and not by opening the link; the session is of its own account until it signs out', async () => {
    const browser = new Browser();
    expect(
      (await browser.send('POST', '/v1/sign-in', { email: ana.toUpperCase().replace('ANA', 'Ana') })).status,
    ).toBe(202);
    const link = await linkMailedTo(ana, '/sign-in');
    expect(link.origin).toBe(signalbox().stack.gateway);

    // A scanner opens the link, as often as it likes.
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
    expect((await browser.send('GET', `/v1/sign-in/confirm${link.search}`)).status).toBe(405);
    expect((await browser.send('GET', '/v1/session')).status).toBe(401);

    const signedIn = await browser.send('POST', '/v1/sign-in/confirm', tokenIn(link));
    expect(signedIn).toMatchObject({ status: 200, json: { kind: 'portal-user', email: ana } });
    const again = await new Browser().send('POST', '/v1/sign-in/confirm', tokenIn(link));
    expect(again).toMatchObject({ status: 410, code: 'sign-in-link-used' });

    const session = await browser.send('GET', '/v1/session');
    expect(session.json).toMatchObject({ accounts: [{ account: 'acme-tours', role: 'admin' }] });
    expect((await browser.send('GET', '/v1/accounts/acme-tours/contact-information')).status).toBe(200);
    const [foreign, absent] = [
      await browser.send('GET', '/v1/accounts/bistro-uno/contact-information'),
      await browser.send('GET', '/v1/accounts/no-such-one/contact-information'),
    ];
    expect(foreign.status).toBe(404);
    expect(foreign.text.replaceAll('bistro-uno', 'X')).toBe(absent.text.replaceAll('no-such-one', 'X'));

    expect((await browser.send('DELETE', '/v1/session')).status).toBe(204);
    expect((await browser.send('GET', '/v1/session')).status).toBe(401);
  });

  it('says the same to an address that nobody has, and mails it nothing', async () => {
    const browser = new Browser();
    const nobody = `nobody-${randomUUID()}@elsewhere.example`;
    const known = await browser.send('POST', '/v1/sign-in', { email: 'lucia@bistro-uno.example' });
    const unknown = await browser.send('POST', '/v1/sign-in', { email: nobody });
    expect({ ...unknown }).toEqual({ ...known });
    await linkMailedTo('lucia@bistro-uno.example', '/sign-in');
    const query = new URLSearchParams({ query: `to:"${nobody}"` });
    const found = await fetch(`${signalbox().stack.mailbox}/api/v1/search?${query.toString()}`);
    expect(((await found.json()) as { messages: Mail[] }).messages).toEqual([]);
  });

  it('by the links in stack.json works for the operator and the demo accounts', async () => {
    const links = signalbox().stack.file().signIn;
    expect(Object.keys(links).sort()).toEqual(['acme-tours', 'nova-stays', 'operator']);
    const kinds = await Promise.all(
      Object.entries(links).map(async ([name, link]) => {
        const { json } = await new Browser().send('POST', '/v1/sign-in/confirm', tokenIn(new URL(link)));
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
    const link = await linkMailedTo(invited, '/invitation');
    expect((await fetch(link)).status).toBe(200);
    const browser = new Browser();
    const accepted = await browser.send('POST', '/v1/invitations/accept', tokenIn(link));
    expect(accepted).toMatchObject({ status: 200, json: { email: invited, accounts: [{ role: 'member' }] } });
    expect((await browser.send('GET', '/v1/session')).status).toBe(200);
    const again = await new Browser().send('POST', '/v1/invitations/accept', tokenIn(link));
    expect(again).toMatchObject({ status: 410, code: 'invitation-accepted' });
  });
});
