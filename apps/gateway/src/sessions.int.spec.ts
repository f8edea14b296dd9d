import type { Principal } from '@signalbox/contracts';
import { type RunningApp, verifyPrincipalToken } from '@signalbox/runtime';
import {
  bearer,
  echo,
  problemOf,
  runGateway,
  type Seen,
  servedBy,
  ServiceBehind,
  signingKey,
} from './real-gateway.spec.js';

const publicUrl = 'http://signalbox.example/portal';
const own = 'http://signalbox.example';
const member: Extract<Principal, { kind: 'portal-user' }> = {
  kind: 'portal-user',
  id: 'i1',
  memberships: [
    { account: 'acme-tours', user: 'u1', role: 'member', missing: { sandbox: [], production: [] } },
  ],
};
const staff: Extract<Principal, { kind: 'staff' }> = {
  kind: 'staff',
  id: 's1',
  name: 'Olga',
  role: 'operator',
};

let service: ServiceBehind;
let gateway: RunningApp;
let operator: string;

beforeAll(async () => {
  service = await ServiceBehind.start();
  operator = service.know('sbx_operator', { scopes: ['operator'], name: 'ops' });
  service.sessions.set('of-member', { known: true, principal: member });
  service.sessions.set('of-staff', { known: true, principal: staff });
  service.sessions.set('of-long-ago', { known: true, principal: member, renewed: 'a-new-value' });
  gateway = await runGateway({ KAFKA_BROKERS: '127.0.0.1:1', PUBLIC_URL: publicUrl, ...servedBy(service) });
});
afterAll(async () => {
  await gateway.stop('spec');
  await service.stop();
});
beforeEach(() => {
  service.answer = echo;
  service.isAway = false;
  service.seen.length = 0;
});

interface Call {
  readonly method?: string;
  readonly session?: string;
  readonly headers?: Record<string, string>;
}

const ask = (path: string, { method = 'GET', session, headers }: Call = {}) =>
  fetch(gateway.url + path, {
    method,
    headers: {
      ...(session !== undefined && { cookie: `theme=dark; signalbox_session=${session}` }),
      ...headers,
    },
  });

const principalOf = async ({ headers }: Seen) =>
  verifyPrincipalToken({ current: signingKey }, headers.authorization?.replace('Bearer ', '') ?? '');

describe('a session cookie', () => {
  it.each([
    ['of-member', member],
    ['of-staff', staff],
  ])('%s becomes a token that says whose it is', async (session, principal) => {
    const seen = (await (await ask('/v1/accounts/acme-tours/readiness', { session })).json()) as Seen;
    expect(await principalOf(seen)).toEqual(principal);
  });

  it('reaches the registry, alone of all cookies, and the router never', async () => {
    const inRegistry = (await (await ask('/v1/session', { session: 'of-member' })).json()) as Seen;
    expect(inRegistry.headers.cookie).toBe('signalbox_session=of-member');
    const inRouter = (await (await ask('/v1/events', { session: 'of-member' })).json()) as Seen;
    expect(inRouter.url).toBe('/v1/events');
    expect(inRouter.headers).not.toHaveProperty('cookie');
  });

  it('of a session that is over is refused, and taken back', async () => {
    const answer = await ask('/v1/session', { session: 'made-up' });
    expect(answer.headers.get('set-cookie')).toBe(
      'signalbox_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    );
    expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(service.seen).toEqual([]);
  });

  it('that cannot be checked is a 503, and nobody is signed out', async () => {
    service.isAway = true;
    const answer = await ask('/v1/session', { session: 'of-member' });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'session-not-checkable' });
  });

  it('is asked about each time: a session that ends is over at once', async () => {
    service.sessions.set('short', { known: true, principal: member });
    expect((await ask('/v1/session', { session: 'short' })).status).toBe(200);
    service.sessions.delete('short');
    expect((await ask('/v1/session', { session: 'short' })).status).toBe(401);
  });

  it('that was renewed comes with the answer', async () => {
    const answer = await ask('/v1/session', { session: 'of-long-ago' });
    expect(answer.headers.getSetCookie()).toEqual([
      'signalbox_session=a-new-value; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  it('counts for nothing beside an API key', async () => {
    const call = { session: 'of-member', headers: bearer(operator) };
    const seen = (await (await ask('/v1/session', call)).json()) as Seen;
    expect(await principalOf(seen)).toMatchObject({ kind: 'api-key', name: 'ops' });
    expect(seen.headers).not.toHaveProperty('cookie');
    const bad = await ask('/v1/session', { session: 'of-member', headers: bearer('sbx_nobody') });
    expect(bad.status).toBe(401);
  });

  it('under https is called __Host-, and by no other name', async () => {
    const secure = await runGateway({
      KAFKA_BROKERS: '127.0.0.1:1',
      PUBLIC_URL: 'https://signalbox.example',
      ...servedBy(service),
    });
    const askAs = (cookie: string) => fetch(`${secure.url}/v1/session`, { headers: { cookie } });
    expect((await askAs('__Host-signalbox_session=of-member')).status).toBe(200);
    expect((await askAs('signalbox_session=of-member')).status).toBe(401);
    const over = await askAs('__Host-signalbox_session=made-up');
    expect(over.headers.get('set-cookie')).toMatch(/^__Host-signalbox_session=; .*; Secure$/);
    await secure.stop('spec');
  });
});

describe('who is signed in', () => {
  it.each(['/v1/events', '/v1/intake/alertmanager'])('sends nothing to %s, staff or not', async (path) => {
    for (const session of ['of-member', 'of-staff']) {
      const answer = await ask(path, { method: 'POST', session, headers: { origin: own } });
      expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });

  it('finds another account as little as one that does not exist', async () => {
    const [foreign, absent] = await Promise.all(
      ['bistro-uno', 'no-such'].map(async (account) =>
        problemOf(await ask(`/v1/accounts/${account}/readiness`, { session: 'of-member' })),
      ),
    );
    expect(foreign).toMatchObject({ status: 404, code: 'not-found' });
    expect({ ...foreign, instance: '' }).toEqual({ ...absent, instance: '' });
  });
});

describe('a page of another site', () => {
  const evil = { origin: 'https://evil.example' };

  it('cannot change anything in the name of who is signed in', async () => {
    const call = { method: 'DELETE', session: 'of-member' };
    const sent: Record<string, string>[] = [evil, { 'sec-fetch-site': 'cross-site' }, {}];
    for (const headers of sent) {
      const answer = await ask('/v1/session', { ...call, headers });
      expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'cross-site-request' });
    }
    expect(service.seen).toEqual([]);
    expect((await ask('/v1/session', { ...call, headers: { origin: own } })).status).toBe(200);
  });

  it('cannot sign anybody in, while a program without a session can', async () => {
    const call = { method: 'POST' };
    const answer = await ask('/v1/sign-in/confirm', { ...call, headers: evil });
    expect(await problemOf(answer)).toMatchObject({ code: 'cross-site-request' });
    expect((await ask('/v1/sign-in/confirm', call)).status).toBe(200);
  });

  it('does not keep a key from its work', async () => {
    const headers = { ...bearer(operator), 'sec-fetch-site': 'cross-site' };
    expect((await ask('/v1/accounts', { method: 'POST', headers })).status).toBe(200);
  });
});

describe('signing in', () => {
  it('is passed on for anybody, and brings the cookie back', async () => {
    service.answer = (response) => {
      response.writeHead(200, { 'Set-Cookie': 'signalbox_session=new; Path=/' }).end('{}');
    };
    const answer = await ask('/v1/sign-in/confirm', { method: 'POST' });
    expect(answer.headers.getSetCookie()).toEqual(['signalbox_session=new; Path=/']);
    const [seen] = service.seen;
    expect(await principalOf(seen as Seen)).toEqual({ kind: 'anonymous' });
  });

  it('is no GET', async () => {
    const answer = await ask('/v1/sign-in/confirm?token=x');
    expect(answer.headers.get('allow')).toBe('POST');
    expect(await problemOf(answer)).toMatchObject({ status: 405 });
  });
});
