import { randomUUID } from 'node:crypto';
import {
  AccountView,
  ContactInformationView,
  HistoryList,
  IntegrationTypeChange,
  IntegrationTypeList,
  internalPaths,
  PortalUserAnswer,
  Readiness,
  routes,
  type Principal,
  type Route,
} from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { z } from 'zod';
import { gateway, operatorKey as operator, useRegistryOverHttp } from './registry-over-http.spec.js';

const sender: Principal = { kind: 'api-key', id: 'k2', name: 'sender', scopes: ['events:send'] };
const registry = useRegistryOverHttp();
const topic = () => registry().topic;

interface Call {
  readonly as?: Principal;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly contentType?: string;
  /** The address that the gateway saw. */
  readonly from?: string;
}

async function call(method: string, path: string, options: Call = {}) {
  const { as, body, ifMatch, contentType, from } = options;
  const answer = await registry().call(method, path, {
    ...(as !== undefined && { as }),
    body,
    headers: {
      ...(contentType !== undefined && { 'content-type': contentType }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(from !== undefined && { 'x-forwarded-for': from }),
    },
  });
  return { ...answer, etag: answer.headers.get('etag') };
}

/** An answer as exactly its schema: members that the schema does not know fail. */
function exactly<S extends z.ZodObject>(schema: S, json: unknown): z.infer<S> {
  return z.strictObject(schema.shape).parse(json) as z.infer<S>;
}

const ErrorsAnswer = z.object({
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
});
function problemIn(json: unknown): { code: string; errors: [string, string][] } {
  const { code, errors = [] } = ErrorsAnswer.parse(json);
  return { code, errors: errors.map((error) => [error.pointer, error.code]) };
}

const one = (email: string) => ({ addresses: [{ email }] });
const complete = {
  technicalEmergency: one('page@acme.example'),
  technicalNonEmergency: one('dev@acme.example'),
  operationalInternal: one('ops@acme.example'),
  operationalShared: { email: 'help@acme.example', isBrandSupportAlias: true },
  operationalSupport: {
    hours: [{ days: ['mon'], opens: '22:00', closes: '02:00', timeZone: 'Europe/Madrid' }],
    closedDates: ['2026-12-25'],
  },
};

async function makeAccount(changes: object = {}): Promise<string> {
  const id = `acme-${randomUUID().slice(0, 8)}`;
  const body = { id, name: 'Acme', integrationType: 'ordering', ...changes };
  expect(await call('POST', '/v1/accounts', { body })).toMatchObject({ status: 201 });
  return id;
}
async function addUser(account: string, email = 'ana@acme.example'): Promise<string> {
  const { status, json } = await call('POST', `/v1/accounts/${account}/users`, { body: { email } });
  expect(status).toBe(201);
  return exactly(PortalUserAnswer, json).user.id;
}
const informationOf = (account: string, query = '') => `/v1/accounts/${account}/contact-information${query}`;
const save = (account: string, body: unknown, { method = 'PUT', query = '', ifMatch = '*' } = {}) =>
  call(method, informationOf(account, query), { body, ifMatch });

async function makeLaunched(): Promise<{ account: string; user: string }> {
  const account = await makeAccount();
  const user = await addUser(account);
  expect((await save(account, { ...complete, alertContacts: { userIds: [user] } })).status).toBe(200);
  expect((await call('POST', `/v1/accounts/${account}/launch`)).status).toBe(200);
  return { account, user };
}

describe('the routes', () => {
  const served = (routes as readonly Route[]).filter(({ servedBy }) => servedBy === 'contact-registry');

  it.each(served.map(({ method, path }) => [method, path]))(
    '%s %s is there, and closed',
    async (method, path) => {
      const concrete = path.replace(':account', 'acme').replaceAll(/:\w+/g, 'x1');
      const response = await fetch(new URL(concrete, registry().url), { method });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
    },
  );

  const notForSenders = served.filter(({ who }) => !who.includes('events:send') && !who.includes('public'));
  it.each(notForSenders.map(({ method, path }) => [method, path]))(
    '%s %s is not for senders',
    async (method, path) => {
      const concrete = path.replace(':account', 'acme').replaceAll(/:\w+/g, 'x1');
      expect(await call(method, concrete, { as: sender })).toMatchObject({ status: 403 });
    },
  );

  it('refuses an operator whose key is limited to other accounts or the other environment', async () => {
    const account = await makeAccount();
    const limited: Principal = { ...operator, limits: { accounts: ['other'] } };
    expect((await call('GET', `/v1/accounts/${account}`, { as: limited })).status).toBe(403);
    expect((await call('GET', '/v1/accounts', { as: limited })).json).toEqual({
      items: [],
      nextCursor: null,
    });
    const sandboxOnly: Principal = { ...operator, limits: { environments: ['sandbox'] } };
    expect((await call('GET', informationOf(account), { as: sandboxOnly })).status).toBe(403);
    expect(
      (await call('GET', informationOf(account, '?environment=sandbox'), { as: sandboxOnly })).status,
    ).toBe(200);
  });

  it.each(['', '/contact-information', '/readiness', '/users', '/contact-information/history'])(
    'answer 404 to GET …%s of an account that does not exist',
    async (rest) => {
      const { status, json } = await call('GET', `/v1/accounts/nobody${rest}`);
      expect([status, problemIn(json).code]).toEqual([404, 'not-found']);
    },
  );

  it('answer 404 to writes of an account that does not exist', async () => {
    const answers = await Promise.all([
      save('nobody', {}),
      save('nobody', {}, { method: 'PATCH' }),
      call('PATCH', '/v1/accounts/nobody', { body: { name: 'x' } }),
      call('POST', '/v1/accounts/nobody/launch'),
      call('POST', '/v1/accounts/nobody/users', { body: { email: 'a@b.example' } }),
      call('DELETE', '/v1/accounts/nobody/users/u1'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  });
});

describe('accounts', () => {
  it('are made once, listed in pages, and changed', async () => {
    const ids = [await makeAccount(), await makeAccount()].sort();
    const again = await call('POST', '/v1/accounts', {
      body: { id: ids[0], name: 'x', integrationType: 'ordering' },
    });
    expect([again.status, problemIn(again.json).code]).toEqual([409, 'account-exists']);

    const listed: string[] = [];
    let cursor = '';
    do {
      const { json } = await call('GET', `/v1/accounts?limit=1${cursor}`);
      const page = z.object({ items: z.array(AccountView), nextCursor: z.string().nullable() }).parse(json);
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(listed.filter((id) => ids.includes(id))).toEqual(ids);

    const { json } = await call('PATCH', `/v1/accounts/${ids[0]}`, { body: { owner: 'Owner@EXAMPLE.com' } });
    expect(exactly(AccountView, json)).toMatchObject({
      owner: 'Owner@example.com',
      version: 2,
      inForce: true,
    });
  });

  it('that change to a type without a field lose it, and the history says so', async () => {
    const account = await makeAccount();
    await save(account, { merchantIssues: one('shop@acme.example') });
    const path = `/v1/accounts/${account}`;
    const body = { integrationType: 'things-to-do', name: 'Acme Tours' };
    const asked = await call('GET', `${path}/integration-type-change?to=things-to-do`);
    expect(exactly(IntegrationTypeChange, asked.json)).toMatchObject({
      ...{ from: 'ordering', to: 'things-to-do', dropped: ['merchantIssues'] },
      closesGate: { sandbox: false, production: false },
    });
    const unconfirmed = await call('PATCH', path, { body });
    expect(unconfirmed).toMatchObject({ status: 409, json: asked.json });
    expect(problemIn(unconfirmed.json).code).toBe('integration-type-change-unconfirmed');
    expect((await call('GET', path)).json).toMatchObject({ name: 'Acme', version: 2 });

    expect((await call('PATCH', `${path}?confirm=true`, { body })).status).toBe(200);
    const { json, etag } = await call('GET', informationOf(account));
    expect([json, etag]).toEqual([{ version: 3 }, '"2"']);
    const history = HistoryList.parse((await call('GET', `${informationOf(account)}/history`)).json);
    expect(history.items[0]).toMatchObject({
      version: 3,
      by: 'operator (k1)',
      what: 'account',
      changed: ['name', 'integrationType', 'merchantIssues'],
    });
  });

  it('that change to a type which closes an open gate are asked first, and are closed when it is confirmed', async () => {
    const { account } = await makeLaunched();
    const path = `/v1/accounts/${account}`;
    const body = { integrationType: 'reservations' };
    const { status, json } = await call('PATCH', path, { body });
    expect([status, problemIn(json).code]).toEqual([409, 'integration-type-change-unconfirmed']);
    expect(json).toMatchObject({
      ...{ dropped: [], missing: { sandbox: ['merchantIssues'], production: ['merchantIssues'] } },
      closesGate: { sandbox: true, production: true },
    });
    expect((await call('PATCH', `${path}?confirm=true`, { body })).status).toBe(200);
    expect((await call('GET', `${path}/readiness`)).json).toMatchObject({ ready: false });
    expect((await call('PATCH', path, { body })).status).toBe(200);
    expect((await call('GET', `${path}/integration-type-change?to=unheard-of`)).status).toBe(400);
  });

  it('keep who changed what, from where; their partner is told of the platform as of staff', async () => {
    const account = await makeAccount({ owner: 'owner@platform.example' });
    const user = await addUser(account);
    const missing = { sandbox: [], production: [] };
    const ana: Principal = {
      kind: 'portal-user',
      id: 'p1',
      memberships: [{ account, user, role: 'admin', missing }],
    };
    const body = { operationalShared: complete.operationalShared };
    const saved = await call('PUT', informationOf(account), {
      ...{ as: ana, body, ifMatch: '*', from: '::ffff:192.0.2.7' },
    });
    expect(saved.status).toBe(200);
    const historyFor = async (as: Principal) => {
      const { json } = await call('GET', `${informationOf(account)}/history`, { as });
      return HistoryList.parse(json).items;
    };

    const own = { by: 'ana@acme.example', actor: { kind: 'portal-user', id: user }, from: '192.0.2.7' };
    const confirmed = [{ field: 'operationalShared', before: null, after: complete.operationalShared }];
    for (const reader of [operator, ana])
      expect((await historyFor(reader))[0]).toMatchObject({ ...own, changes: confirmed });
    expect((await historyFor(operator))[2]).toMatchObject({
      by: 'operator (k1)',
      actor: { kind: 'api-key', id: 'k1' },
      changed: expect.arrayContaining(['owner']) as string[],
    });
    const [, , made] = await historyFor(ana);
    expect(made).toMatchObject({ by: 'platform staff', actor: { kind: 'staff', id: null }, from: null });
    expect(JSON.stringify(made)).not.toMatch(/owner|k1/);

    await call('DELETE', `/v1/accounts/${account}/users/${user}`);
    expect((await historyFor(operator))[1]).toMatchObject({ by: 'a former user' });
  });

  it('refuse what is no account', async () => {
    const body = { id: 'Not An Id', integrationType: 'unheard-of', colour: 'red' };
    const { status, json } = await call('POST', '/v1/accounts', { body });
    expect(status).toBe(400);
    expect(problemIn(json).errors).toEqual(
      expect.arrayContaining([
        ['/id', 'invalid-format'],
        ['/name', 'required'],
        ['/integrationType', 'invalid-value'],
        ['/colour', 'unknown-field'],
      ]),
    );
  });
});

describe('contact information', () => {
  it('is read with its revision as a strong ETag, and written with If-Match alone', async () => {
    const account = await makeAccount();
    const read = await call('GET', informationOf(account));
    expect([read.status, read.etag, read.json]).toEqual([200, '"0"', { version: 1 }]);

    const without = await call('PUT', informationOf(account), { body: complete });
    expect([without.status, problemIn(without.json).code]).toEqual([428, 'if-match-required']);

    const saved = await save(account, complete, { ifMatch: '"0"' });
    expect([saved.status, saved.etag]).toEqual([200, '"1"']);
    expect(exactly(ContactInformationView, saved.json)).toEqual({ ...complete, version: 2, inForce: true });

    const stale = await save(account, {}, { ifMatch: '"0"' });
    expect([stale.status, problemIn(stale.json).code]).toEqual([412, 'revision-is-stale']);
    expect((await save(account, complete, { ifMatch: '"9", "1"' })).status).toBe(200);
    expect((await save(account, complete, { ifMatch: 'W/"1"' })).status).toBe(412);
    expect((await save(account, complete, { ifMatch: '1' })).status).toBe(400);
  });

  it('is patched by RFC 7396: null removes, the rest stays', async () => {
    const account = await makeAccount();
    await save(account, complete);
    const patch = { technicalNonEmergency: null, operationalShared: { label: 'Help' } };
    const patched = await call('PATCH', informationOf(account), {
      body: patch,
      ifMatch: '"1"',
      contentType: 'application/merge-patch+json',
    });
    const { technicalNonEmergency: _, ...rest } = complete;
    expect(patched.json).toEqual({
      ...rest,
      operationalShared: { ...complete.operationalShared, label: 'Help' },
      version: 3,
      inForce: true,
    });
  });

  it('wants the support alias to be confirmed anew when a patch changes it', async () => {
    const account = await makeAccount();
    await save(account, complete);
    const patch = (operationalShared: object) =>
      call('PATCH', informationOf(account), {
        body: { operationalShared },
        ifMatch: '"1"',
        contentType: 'application/merge-patch+json',
      });
    const { status, json } = await patch({ email: 'ana@gmail.example' });
    expect([status, problemIn(json).errors]).toEqual([
      422,
      [['/operationalShared/isBrandSupportAlias', 'required']],
    ]);
    const confirmed = await patch({ email: 'support@acme.example', isBrandSupportAlias: true });
    expect(confirmed.status).toBe(200);
  });

  it('is left as it was by a PUT whose body has no bytes', async () => {
    const account = await makeAccount();
    await save(account, complete);
    const { status } = await registry().call('PUT', informationOf(account), {
      text: '',
      headers: { 'if-match': '"1"' },
    });
    expect(status).toBe(422);
    expect((await call('GET', informationOf(account))).json).toEqual({ ...complete, version: 2 });
  });

  it('tells everything that is wrong with it at once', async () => {
    const account = await makeAccount({ integrationType: 'things-to-do' });
    const { status, json } = await save(account, {
      technicalEmergency: { addresses: [{ email: 'page@acme.example' }, { email: 'nonsense' }] },
      merchantIssues: one('shop@acme.example'),
      operationalShared: { email: 'help@acme.example', isBrandSupportAlias: false },
      operationalSupport: { hours: [{ days: ['mon'], opens: '9', closes: '17:00', timeZone: 'Mars/Base' }] },
      alertContacts: { userIds: ['nobody'] },
      colour: 'red',
    });
    expect([status, problemIn(json).code]).toEqual([422, 'invalid-contact-information']);
    const { errors } = problemIn(json);
    expect(errors.sort()).toEqual([
      ['/alertContacts/userIds/0', 'unknown-user'],
      ['/colour', 'unknown-field'],
      ['/merchantIssues', 'field-not-offered'],
      ['/operationalShared/isBrandSupportAlias', 'brand-alias-not-confirmed'],
      ['/operationalSupport/hours/0/opens', 'invalid-format'],
      ['/operationalSupport/hours/0/timeZone', 'invalid-time-zone'],
      ['/technicalEmergency/addresses/1/email', 'invalid-address'],
    ]);
    expect((await call('GET', informationOf(account))).json).toEqual({ version: 1 });
  });

  it.each([[[]], ['text'], [7], [null]])('is no %j', async (body) => {
    const account = await makeAccount();
    for (const method of ['PUT', 'PATCH']) {
      const { status, json } = await save(account, body, { method });
      expect([status, problemIn(json).errors]).toEqual([422, [['', 'wrong-type']]]);
    }
  });

  it('in sandbox has no alert contacts, leaves those of production alone, and refuses to be given any', async () => {
    const { account, user } = await makeLaunched();
    const query = '?environment=sandbox';
    const sandbox = await call('GET', informationOf(account, query));
    expect(sandbox.json).toEqual({ ...complete, version: 4 });

    const moved = { ...complete, technicalEmergency: one('night@acme.example') };
    expect((await save(account, moved, { query })).json).toEqual({ ...moved, version: 5, inForce: true });
    const production = (await call('GET', informationOf(account))).json;
    expect(production).toMatchObject({ ...moved, alertContacts: { userIds: [user] } });

    for (const [method, body] of [
      ['PUT', { ...complete, alertContacts: { userIds: [user] } }],
      ['PATCH', { alertContacts: { userIds: [] } }],
      ['PATCH', { alertContacts: null }],
    ] as const) {
      const { status, json } = await save(account, body, { method, query });
      expect([status, problemIn(json).errors]).toEqual([
        422,
        [['/alertContacts', 'alert-contacts-production-only']],
      ]);
    }
  });

  it('after launch keeps what is required', async () => {
    const { account } = await makeLaunched();
    const { status, json } = await save(
      account,
      { technicalEmergency: null, operationalInternal: { addresses: [] }, alertContacts: null },
      { method: 'PATCH' },
    );
    expect([status, problemIn(json).errors]).toEqual([
      422,
      [
        ['/alertContacts', 'required-after-launch'],
        ['/technicalEmergency', 'required-after-launch'],
        ['/operationalInternal', 'required-after-launch'],
      ],
    ]);
  });
});

describe('launch and readiness', () => {
  it('name what is missing, and launch when nothing is', async () => {
    const account = await makeAccount();
    await save(account, complete);
    const refused = await call('POST', `/v1/accounts/${account}/launch`);
    expect([refused.status, problemIn(refused.json).code]).toEqual([409, 'contact-information-incomplete']);
    expect(refused.json).toMatchObject({ missing: [{ field: 'alertContacts', code: 'required' }] });
    const readiness = (query: string) => call('GET', `/v1/accounts/${account}/readiness${query}`);
    expect(exactly(Readiness, (await readiness('')).json)).toMatchObject({ ready: false });
    const inSandbox = exactly(Readiness, (await readiness('?environment=sandbox')).json);
    expect(inSandbox).toMatchObject({ ready: true, missing: [] });
    expect(new Set(inSandbox.advice.map(({ code }) => code))).toEqual(new Set(['never-tested']));
    expect((await readiness('?environment=moon')).status).toBe(400);

    await save(account, { alertContacts: { userIds: [await addUser(account)] } }, { method: 'PATCH' });
    const launched = await call('POST', `/v1/accounts/${account}/launch`);
    expect(exactly(AccountView, launched.json)).toMatchObject({ launched: true, inForce: true });
    expect(topic().sent.at(-1)).toMatchObject({ account, launched: true });
    expect((await call('POST', `/v1/accounts/${account}/launch`)).json).toEqual(launched.json);
  });
});

describe('users', () => {
  it('are added once, speak the language of the account unless told otherwise, and are removed', async () => {
    const account = await makeAccount({ locale: 'es' });
    const user = await addUser(account);
    const twice = await call('POST', `/v1/accounts/${account}/users`, {
      body: { email: 'ANA@acme.example' },
    });
    expect([twice.status, problemIn(twice.json).code]).toEqual([409, 'user-exists']);
    expect((await call('GET', `/v1/accounts/${account}/users`)).json).toEqual({
      items: [{ id: user, email: 'ana@acme.example', language: 'es', role: 'member' }],
      nextCursor: null,
    });
    expect((await call('DELETE', `/v1/accounts/${account}/users/${user}`)).json).toEqual({
      version: 3,
      inForce: true,
    });
    expect((await call('DELETE', `/v1/accounts/${account}/users/${user}`)).status).toBe(404);
  });

  it('cannot leave a launched account without an alert contact', async () => {
    const { account, user } = await makeLaunched();
    const last = await call('DELETE', `/v1/accounts/${account}/users/${user}`);
    expect([last.status, problemIn(last.json).errors]).toEqual([
      422,
      [['/alertContacts', 'required-after-launch']],
    ]);
    const other = await addUser(account, 'bo@acme.example');
    await save(account, { alertContacts: { userIds: [user, other] } }, { method: 'PATCH' });
    expect((await call('DELETE', `/v1/accounts/${account}/users/${user}`)).status).toBe(200);
    expect((await call('GET', informationOf(account))).json).toMatchObject({
      alertContacts: { userIds: [other] },
    });
  });
});

describe('the integration types', () => {
  it('are open to every known key', async () => {
    const { json } = await call('GET', '/v1/integration-types', { as: sender });
    const offers = exactly(IntegrationTypeList, json).items.map(({ id, fields }) => [
      id,
      fields.merchantIssues,
    ]);
    expect(offers).toEqual([
      ['things-to-do', 'not-offered'],
      ['reservations', 'required'],
      ['ordering', 'optional'],
    ]);
  });
});

describe('the internal calls', () => {
  it('are for services alone', async () => {
    const { eraseAddress: _ofTheRouter, ...ofTheRegistry } = internalPaths;
    for (const path of Object.values(ofTheRegistry)) {
      expect((await call('POST', path, { body: {} })).status).toBe(403);
    }
  });

  it('answer the snapshots of those accounts that exist', async () => {
    const account = await makeAccount();
    const body = { accounts: [account, 'nobody', '(unmapped)'] };
    const { json } = await call('POST', internalPaths.snapshots, { as: gateway, body });
    expect(json).toMatchObject({ snapshots: [{ account, version: 1 }] });
    expect((json as { snapshots: unknown[] }).snapshots).toHaveLength(1);
  });

  it('take what a router holds, and publish above it those that are behind', async () => {
    const [behind, well] = [await makeAccount(), await makeAccount()];
    const held = [
      { account: behind, heldVersion: 500 },
      { account: well, heldVersion: 1 },
    ];
    const answer = await call('POST', internalPaths.markDirty, { as: gateway, body: { accounts: held } });
    expect(answer).toMatchObject({ status: 200, json: { raised: [behind] } });
    await eventually(() => topic().versionsOf(behind).at(-1) === 501);
    expect(topic().versionsOf(well)).toEqual([1]);
    const history = await call('GET', `/v1/accounts/${behind}/contact-information/history`);
    expect(history.json).toMatchObject({ items: [{ version: 501, by: gateway.name }, { version: 1 }] });
  });

  it.each([0, 1.5, '500', 2 ** 53 - 1])(
    'refuse to count on from a held version of %p',
    async (heldVersion) => {
      const body = { accounts: [{ account: 'acme-tours', heldVersion }] };
      const { status, json } = await call('POST', internalPaths.markDirty, { as: gateway, body });
      expect({ status, errors: problemIn(json).errors.map(([pointer]) => pointer) }).toEqual({
        status: 400,
        errors: ['/accounts/0/heldVersion'],
      });
    },
  );
});

describe('the process', () => {
  it('is ready without Kafka, and counts how long changes take to be in force', async () => {
    expect((await fetch(new URL('/health/ready', registry().url))).status).toBe(200);
    await makeAccount();
    const text = await (await fetch(new URL('/metrics', registry().url))).text();
    const count = /signalbox_contact_change_in_force_seconds_count (\d+)/.exec(text)?.[1];
    expect(Number(count)).toBeGreaterThan(0);
  });
});
