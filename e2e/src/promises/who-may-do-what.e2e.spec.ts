import { randomUUID } from 'node:crypto';
import { routes, type Principal, type Route } from '@signalbox/contracts';
import { mintPrincipalToken } from '@signalbox/runtime';
import { token, useSignalbox } from '../support/signalbox.js';

/**
 * Who asks. Keys knock at the gateway. People are said to the services by the token that the gateway mints for them; at
 * the gateway itself such a token is no key. The limited key is limited to the own account, the sandbox key to
 * sandbox, and what is asked for is about production; the gate of the last one is closed.
 */
const roles = [
  'nobody',
  'sender key',
  'support key',
  'operator key',
  'limited key',
  'sandbox key',
  'operator',
  'support',
  'admin',
  'member',
  'gated member',
] as const;
type Role = (typeof roles)[number];

/** Which account a call is about: the one of the portal users and of the limited key, another, or none that exists. */
const places = ['own', 'foreign', 'absent'] as const;
type Place = (typeof places)[number];
// Names of one length, so that answers can be compared to the byte.
const accounts = { own: 'acme-tours', foreign: 'bistro-uno', absent: 'nobody-uno' } as const;

/**
 * What each gets, in the order of `roles`. `ok` is let in, whatever is then said of the input; `gate` is 403 with what is
 * missing. One line where no account is named; else one each for the own, a foreign and an absent account.
 */
const table: Readonly<Record<string, readonly string[]>> = {
  //                             nobody sender support operator limited sandbox | operator support | admin member gated
  'GET /v1/help': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'GET /v1/integration-types': ['401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'POST /v1/addresses/confirm': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'POST /v1/acknowledgements/page': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'POST /v1/acknowledgements': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'POST /v1/sign-in': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'POST /v1/sign-in/confirm': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  // A token of the gateway's is no session, and a key has none.
  'GET /v1/session': ['401 ok  ok  ok  ok  ok  403 403 403 403 403'],
  'DELETE /v1/session': ['401 403 403 403 403 403 403 403 403 403 403'],
  'DELETE /v1/sessions': ['401 403 403 403 403 403 403 403 403 403 403'],
  'POST /v1/invitations/accept': ['ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok'],
  'GET /v1/staff': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'POST /v1/staff': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'DELETE /v1/staff/:staff': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/events': ['401 ok  403 403 403 403 401 401 401 401 401'],
  'POST /v1/intake/alertmanager': ['401 ok  403 403 403 403 401 401 401 401 401'],
  'POST /v1/intake/prometheus/api/v2/alerts': ['401 ok  403 403 403 403 401 401 401 401 401'],
  'POST /v1/preview': [
    '401 ok  403 ok  ok  403 ok  403 ok  ok  gate',
    '401 ok  403 ok  403 403 ok  403 404 404 404',
    '401 ok  403 ok  403 403 ok  403 404 404 404',
  ],
  'GET /v1/events': [
    '401 403 403 ok  ok  ok  ok  403 ok  ok  gate',
    '401 403 403 ok  403 ok  ok  403 404 404 404',
    '401 403 403 ok  403 ok  ok  403 404 404 404',
  ],
  'GET /v1/events/:id': [
    '401 403 403 ok  ok  404 ok  403 ok  ok  gate',
    '401 403 403 ok  404 404 ok  403 404 404 gate',
    '401 403 403 404 404 404 404 403 404 404 gate',
  ],
  'POST /v1/emergencies/preview': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/emergencies/previews/:token/accounts': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'GET /v1/emergencies': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/emergencies/:mailing': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'GET /v1/emergencies/:mailing/accounts': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/emergencies/:mailing/resolve': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/emergencies': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/alarms': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/dead-letters': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/dead-letters/:id': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/dead-letters/replay': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'POST /v1/dead-letters/:id/replay': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/dead-letters/:id/discard': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/notices/preview': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/notices/previews/:token/accounts': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/notices': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/notices': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/notices/:mailing': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'GET /v1/notices/:mailing/accounts': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/notices/:mailing/pause': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/notices/:mailing/resume': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'POST /v1/notices/:mailing/cancel': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'GET /v1/ledger': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/api-keys': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'POST /v1/api-keys': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'POST /v1/api-keys/:key/rotate': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'DELETE /v1/api-keys/:key': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'POST /v1/erasures': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/erasures': ['401 403 403 ok  403 403 ok  403 403 403 gate'],
  'GET /v1/erasures/:erasure': ['401 403 403 404 403 403 404 403 403 403 gate'],
  'GET /v1/accounts': ['401 403 ok  ok  ok  ok  ok  ok  403 403 gate'],
  'POST /v1/accounts': ['401 403 403 ok  ok  ok  ok  403 403 403 gate'],
  'POST /v1/accounts/import': ['401 403 403 ok  ok  403 ok  403 403 403 gate'],
  'GET /v1/accounts/:account': [
    '401 403 ok  ok  ok  ok  ok  ok  ok  ok  gate',
    '401 403 ok  ok  403 ok  ok  ok  404 404 404',
    '401 403 404 404 403 404 404 404 404 404 404',
  ],
  'PATCH /v1/accounts/:account': [
    '401 403 403 ok  ok  403 ok  403 403 403 gate',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/launch': [
    '401 403 403 ok  ok  403 ok  403 403 403 gate',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/integration-type-change': [
    '401 403 403 ok  ok  ok  ok  403 403 403 gate',
    '401 403 403 ok  403 ok  ok  403 404 404 404',
    '401 403 403 404 403 404 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/referral': [
    '401 403 ok  ok  ok  ok  ok  ok  403 403 gate',
    '401 403 ok  ok  403 ok  ok  ok  404 404 404',
    '401 403 404 404 403 404 404 404 404 404 404',
  ],
  'GET /v1/accounts/:account/contact-information': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'PUT /v1/accounts/:account/contact-information': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'PATCH /v1/accounts/:account/contact-information': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/contact-information/history': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/contact-information/addresses': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/contact-information/addresses/confirmation': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/contact-information/:field/test-mail': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/readiness': [
    '401 403 403 ok  ok  403 ok  403 ok  ok  ok',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/users': [
    '401 403 403 ok  ok  ok  ok  403 ok  ok  ok',
    '401 403 403 ok  403 ok  ok  403 404 404 404',
    '401 403 403 404 403 404 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/users': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'PATCH /v1/accounts/:account/users/:user': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'GET /v1/accounts/:account/invitations': [
    '401 403 403 ok  ok  ok  ok  403 ok  ok  ok',
    '401 403 403 ok  403 ok  ok  403 404 404 404',
    '401 403 403 404 403 404 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/invitations': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'POST /v1/accounts/:account/invitations/:invitation/resend': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'DELETE /v1/accounts/:account/invitations/:invitation': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
  'DELETE /v1/accounts/:account/users/:user': [
    '401 403 403 ok  ok  403 ok  403 ok  403 403',
    '401 403 403 ok  403 403 ok  403 404 404 404',
    '401 403 403 404 403 403 404 403 404 404 404',
  ],
};

/** What a problem is called in the table, with its code; nothing else may refuse. */
const refusals: Readonly<Record<string, string>> = {
  '401 unauthenticated': '401',
  '403 forbidden': '403',
  '403 contact-information-required': 'gate',
  '404 not-found': '404',
};

interface Answer {
  /** The path that was asked for. */
  readonly asked: string;
  readonly outcome: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const everyRoute = (routes as readonly Route[]).map((route) => [nameOf(route), route] as const);

describe('who may do what', () => {
  const signalbox = useSignalbox();
  const events = { own: token(), foreign: token(), absent: token() };
  let limitedKey = '';
  let sandboxKey = '';

  beforeAll(async () => {
    const { operator } = signalbox();
    for (const place of ['own', 'foreign'] as const) {
      const id = events[place];
      await signalbox().post({ kind: 'emergency', account: accounts[place], id, title: id });
      await signalbox().eventDecided(id);
    }
    const keyLimitedTo = async (limits: object): Promise<string> => {
      const { body } = await operator.call<{ secret: string }>('POST', '/v1/api-keys', {
        body: { name: 'limited', scopes: ['operator'], limits },
        expect: [201],
      });
      return body.secret;
    };
    limitedKey = await keyLimitedTo({ accounts: [accounts.own] });
    sandboxKey = await keyLimitedTo({ environments: ['sandbox'] });
  }, 120_000);

  it('is written down here for every route that there is', () => {
    expect(Object.keys(table).sort()).toEqual(everyRoute.map(([name]) => name).sort());
  });

  it.each(everyRoute)(
    '%s',
    async (name, route) => {
      const lines = (table[name] ?? []).map((line) => line.split(/ +/));
      const asked = places.slice(0, lines.length);
      const seen = new Map<string, Answer>();
      for (const place of asked)
        for (const role of roles) seen.set(`${place} ${role}`, await ask(route, role, place));
      const outcomes = asked.map((place) => roles.map((role) => seen.get(`${place} ${role}`)?.outcome));
      expect(outcomes).toEqual(lines);

      if (asked.length < places.length) return;
      for (const [at, role] of roles.entries()) {
        if (lines[1]?.[at] === 'ok') continue; // Who may see the account is told whether it is there.
        const [foreign, absent] = ['foreign', 'absent'].map((place) => seen.get(`${place} ${role}`));
        expect({ role, ...comparable(foreign) }).toEqual({ role, ...comparable(absent) });
      }
    },
    120_000,
  );

  async function ask(route: Route, role: Role, place: Place): Promise<Answer> {
    const { base, bearer } = await doorOf(route, role);
    const body = bodyOf(route, place);
    const url = await urlOf(route, place);
    const response = await fetch(base + url, {
      method: route.method,
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json', 'if-match': '*' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const headers = [...response.headers].filter(([field]) => !changing.includes(field));
    const [asked = ''] = url.split('?', 1);
    return { asked, outcome: outcomeOf(response.status, text), status: response.status, headers, text };
  }

  async function doorOf(
    { servedBy }: Route,
    role: Role,
  ): Promise<{ base: string; bearer?: string | undefined }> {
    const { stack } = signalbox();
    const keys: Partial<Record<Role, string>> = {
      'sender key': stack.keys.sender,
      'support key': stack.keys.support,
      'operator key': stack.keys.operator,
      'limited key': limitedKey,
      'sandbox key': sandboxKey,
    };
    const person = people[role];
    if (person === undefined) return { base: stack.gateway, bearer: keys[role] };
    const current = stack.environment['SIGNING_KEYS'] ?? '';
    const base = servedBy === 'gateway' ? stack.gateway : stack.process(servedBy).url;
    return { base, bearer: await mintPrincipalToken({ current }, person) };
  }

  /** With a user or key of its own in each call, so that no call takes away what a later one asks for. */
  async function urlOf({ method, path }: Route, place: Place): Promise<string> {
    let url = path.replace(':account', accounts[place]).replace(':id', events[place]);
    if (url.includes(':key')) url = url.replace(':key', await aKey());
    if (url.includes(':user'))
      url = url.replace(':user', place === 'absent' ? randomUUID() : await aUser(accounts[place]));
    if (url.includes(':invitation'))
      url = url.replace(
        ':invitation',
        place === 'absent' ? randomUUID() : await anInvitation(accounts[place]),
      );
    switch (`${method} ${path}`) {
      case 'GET /v1/events':
        return `${url}?account=${accounts[place]}`;
      case 'GET /v1/accounts/:account/integration-type-change':
        return `${url}?to=ordering`;
      default:
        return url.replace(':field', 'technicalEmergency');
    }
  }

  async function aKey(): Promise<string> {
    const body = { name: 'throwaway', scopes: ['support'] };
    const { operator } = signalbox();
    const made = await operator.call<{ key: { id: string } }>('POST', '/v1/api-keys', {
      body,
      expect: [201],
    });
    return made.body.key.id;
  }
  async function anInvitation(account: string): Promise<string> {
    const { operator } = signalbox();
    const made = await operator.call<{ id: string }>('POST', `/v1/accounts/${account}/invitations`, {
      body: { email: anAddress(), role: 'member' },
      expect: [201],
    });
    return made.body.id;
  }
  async function aUser(account: string): Promise<string> {
    const { operator } = signalbox();
    const made = await operator.call<{ user: { id: string } }>('POST', `/v1/accounts/${account}/users`, {
      body: { email: anAddress() },
      expect: [201],
    });
    return made.body.user.id;
  }
});

const open = { sandbox: [], production: [] };
const portalUser = (
  role: 'admin' | 'member',
  missing: Extract<Principal, { kind: 'portal-user' }>['memberships'][0]['missing'] = open,
): Principal => ({
  kind: 'portal-user',
  id: `p-${role}`,
  memberships: [{ account: accounts.own, user: 'u-1', role, missing }],
});
const people: Partial<Record<Role, Principal>> = {
  operator: { kind: 'staff', id: 's-1', name: 'Olga', role: 'operator' },
  support: { kind: 'staff', id: 's-2', name: 'Sam', role: 'support' },
  admin: portalUser('admin'),
  member: portalUser('member'),
  'gated member': portalUser('member', {
    sandbox: ['technicalEmergency'],
    production: ['technicalEmergency'],
  }),
};

const emergencyAddresses = {
  own: 'page@acme-tours.example',
  foreign: 'guardia@bistro-uno.example',
  absent: 'page@acme-tours.example',
} as const;
const anAddress = (): string => `${randomUUID()}@throwaway.example`;

/** Whoever is let in changes nothing that a later call needs: saves are empty, or refused for what stands in them. */
function bodyOf(route: Route, place: Place): unknown {
  if (route.method === 'GET' || route.method === 'DELETE') return undefined;
  switch (nameOf(route)) {
    case 'POST /v1/preview':
      return { kind: 'emergency', account: accounts[place], environment: 'production', title: 't' };
    case 'POST /v1/accounts/:account/users':
    case 'POST /v1/accounts/:account/invitations':
      return { email: anAddress(), role: 'member' };
    case 'PATCH /v1/accounts/:account/users/:user':
      return { name: 'Somebody' };
    case 'POST /v1/accounts/:account/contact-information/addresses/confirmation':
      return { email: emergencyAddresses[place] };
    case 'POST /v1/dead-letters/:id/discard':
      return { because: 'A test.' };
    case 'POST /v1/intake/alertmanager':
      return { version: '4', alerts: [] };
    default:
      return {};
  }
}

function outcomeOf(status: number, text: string): string {
  if (![401, 403, 404].includes(status) && status < 500) return 'ok';
  const { code } = JSON.parse(text) as { code: string };
  return refusals[`${status} ${code}`] ?? `${status} ${code}`;
}

/** Other at each answer, and about none of them. */
const changing = ['date', 'connection', 'keep-alive'];

/** A 404 is compared as it came; elsewhere an answer may repeat the path that was asked for. */
function comparable(answer: Answer | undefined): Omit<Answer, 'outcome' | 'asked'> | undefined {
  if (answer === undefined) return undefined;
  const { asked, status, headers, text } = answer;
  return { status, headers, text: status === 404 ? text : text.replaceAll(asked, 'what was asked for') };
}
