import { randomUUID } from 'node:crypto';
import { Problem } from '@signalbox/contracts';
import { useRegistryOverHttp, type Call } from './registry-over-http.spec.js';

const registry = useRegistryOverHttp();
const call = (method: string, path: string, options?: Call) => registry().call(method, path, options);

const account = 'hostile-target';
const information = `/v1/accounts/${account}/contact-information`;

beforeAll(async () => {
  const body = { id: account, name: 'Target', integrationType: 'ordering' };
  expect((await call('POST', '/v1/accounts', { body })).status).toBe(201);
});

/** What the passes of a registry note of themselves, whoever calls. */
const ofPasses = ['leases', 'notedMails'];

/** All that is stored, in every collection; what the relay and the passes note of their own turns aside. */
async function stored(): Promise<string> {
  const { connection } = registry();
  const collections = await connection.listCollections();
  const names = collections
    .map(({ name }) => name)
    .filter((name) => !ofPasses.includes(name))
    .sort();
  const documents = names.map(async (name) => {
    const projection = {
      ...{ relay: 0, dirty: 0, published: 0, publishedAt: 0, pendingHistory: 0 },
      'listing.addressesDueAt': 0,
    };
    return [name, await connection.collection(name).find({}, { projection }).sort({ _id: 1 }).toArray()];
  });
  return JSON.stringify(await Promise.all(documents));
}

/** The call is refused for what stands in it, and nothing is stored. */
async function refused(method: string, path: string, options: Call): Promise<Problem> {
  const before = await stored();
  const { status, json } = await call(method, path, { headers: { 'if-match': '*' }, ...options });
  expect([400, 404, 413, 415, 422]).toContain(status);
  expect(await stored()).toBe(before);
  return Problem.parse(json);
}

const one = (address: object) => ({ technicalEmergency: { addresses: [address] } });
const newAccount = (changes: object) => ({
  id: `h-${randomUUID().slice(0, 8)}`,
  name: 'x',
  integrationType: 'ordering',
  ...changes,
});

/** Every place where a text comes in: the call, the pointer to the place, and the body with the text in it. */
const textPlaces: readonly [string, string, string, (text: unknown) => unknown][] = [
  ['POST', '/v1/accounts', '/id', (id) => newAccount({ id })],
  ['POST', '/v1/accounts', '/name', (name) => newAccount({ name })],
  ['POST', '/v1/accounts', '/integrationType', (integrationType) => newAccount({ integrationType })],
  ['POST', '/v1/accounts', '/locale', (locale) => newAccount({ locale })],
  ['POST', '/v1/accounts', '/owner', (owner) => newAccount({ owner })],
  ['PATCH', `/v1/accounts/${account}`, '/name', (name) => ({ name })],
  ['PATCH', `/v1/accounts/${account}`, '/owner', (owner) => ({ owner })],
  ['POST', `/v1/accounts/${account}/users`, '/email', (email) => ({ email })],
  ['POST', `/v1/accounts/${account}/users`, '/name', (name) => ({ email: 'a@b.example', name })],
  ['POST', `/v1/accounts/${account}/users`, '/language', (language) => ({ email: 'a@b.example', language })],
  ['POST', `/v1/accounts/${account}/users`, '/role', (role) => ({ email: 'a@b.example', role })],
  ['PUT', information, '/technicalEmergency/addresses/0/email', (email) => one({ email })],
  ['PATCH', information, '/technicalEmergency/addresses/0/email', (email) => one({ email })],
  [
    'PUT',
    information,
    '/technicalEmergency/addresses/0/label',
    (label) => one({ email: 'a@b.example', label }),
  ],
  ['PATCH', information, '/operationalShared/label', shared],
  ['PATCH', information, '/alertContacts/userIds/0', (id) => ({ alertContacts: { userIds: [id] } })],
  ['PATCH', information, '/operationalSupport/hours/0/timeZone', (timeZone) => hours({ timeZone })],
  ['PATCH', information, '/operationalSupport/hours/0/opens', (opens) => hours({ opens })],
  ['POST', '/v1/api-keys', '/name', (name) => ({ name, scopes: ['support'] })],
  ['POST', '/v1/api-keys', '/scopes/0', (scope) => ({ name: 'x', scopes: [scope] })],
  [
    'POST',
    '/v1/api-keys',
    '/limits/accounts/0',
    (name) => ({ name: 'x', scopes: ['support'], limits: { accounts: [name] } }),
  ],
];
function shared(label: unknown) {
  return { operationalShared: { email: 'a@b.example', isBrandSupportAlias: true, label } };
}
function hours(change: object) {
  const range = { days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' };
  return { operationalSupport: { hours: [{ ...range, ...change }] } };
}

const hostileTexts: readonly [string, unknown][] = [
  ['an operator of the database', { $gt: '' }],
  ['a condition of the database', { $where: 'sleep(1000)' }],
  ['a list for a text', ['a@b.example']],
  ['a number for a text', 7],
  ['line breaks and a header', 'a@b.example\r\nBcc: c@d.example'],
  ['a NUL', 'a\u0000b'],
  ['half of a surrogate pair', 'a\ud800b'],
  ['900 KiB', 'x'.repeat(900 * 1024)],
];

describe('hostile input', () => {
  describe.each(hostileTexts)('%s', (_, text) => {
    it.each(textPlaces)('is refused by %s %s at %s', async (method, path, pointer, bodyWith) => {
      const problem = await refused(method, path, { body: bodyWith(text) });
      expect((problem.errors ?? []).map((error) => error.pointer)).toContainEqual(
        expect.stringMatching(new RegExp(`^${pointer}`)),
      );
      // A refusal says where, and is no megabyte itself.
      expect(JSON.stringify(problem).length).toBeLessThan(2_000);
    });
  });

  it.each(textPlaces.filter(([, , pointer]) => /name|label/.test(pointer)))(
    'a right-to-left override is refused by %s %s at %s',
    async (method, path, pointer, bodyWith) => {
      const problem = await refused(method, path, { body: bodyWith('invoice\u202efdp.exe') });
      expect(problem.errors).toMatchObject([{ pointer, code: 'invalid-format' }]);
    },
  );

  it.each([...new Set(textPlaces.map(([method, path]) => `${method} ${path}`))])(
    '%s refuses a body that is too large, nested without end, or of keys that every object has',
    async (target) => {
      const [method = '', path = ''] = target.split(' ');
      const tooLarge = await refused(method, path, { body: { name: 'x'.repeat(1024 * 1024) } });
      expect(tooLarge.code).toBe('body-too-large');
      const depth = 10_000;
      for (const text of [
        `${'['.repeat(depth)}${']'.repeat(depth)}`,
        `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
        `{"technicalEmergency":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
        '{"constructor":{"prototype":{"polluted":true}}}',
        '{"hasOwnProperty":1,"toString":1}',
      ]) {
        const { errors = [] } = await refused(method, path, { text });
        expect(errors).not.toEqual([]);
      }
      expect('polluted' in {}).toBe(false);
    },
  );

  it.each([...new Set(textPlaces.map(([method, path]) => `${method} ${path}`))])(
    '%s makes nothing of __proto__',
    async (target) => {
      const [method = '', path = ''] = target.split(' ');
      const before = await stored();
      const text =
        '{"__proto__":{"polluted":true,"name":"x","email":"p@q.example","scopes":["operator"],"launched":true}}';
      const answer = await call(method, path, { text, headers: { 'if-match': '*' } });
      expect(answer.status).toBeLessThan(500);
      expect('polluted' in {}).toBe(false);
      for (const planted of ['polluted', 'p@q.example']) expect(await stored()).not.toContain(planted);
      if (answer.status >= 400) expect(await stored()).toBe(before);
    },
  );

  it.each([
    ['text/plain', '{"name":"x"}'],
    ['application/x-www-form-urlencoded', 'name=x&scopes[]=operator'],
    ['multipart/form-data; boundary=b', '--b\r\n\r\nx\r\n--b--'],
    ['application/xml', '<name>x</name>'],
    ['application/json; charset=iso-8859-1', '{"name":"x"}'],
  ])('a body of the type %s is not taken anywhere', async (type, text) => {
    for (const [method, path] of textPlaces) {
      const headers = { 'content-type': type, 'if-match': '*' };
      expect((await refused(method, path, { text, headers })).code).toBe('unsupported-media-type');
    }
  });

  it.each([
    ['no JSON', '{"name":'],
    ['two documents', '{"name":"x"}{"name":"y"}'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe])],
    ['a text that is no UTF-8', new Uint8Array([...Buffer.from('{"name":"x'), 0xff, ...Buffer.from('"}')])],
  ])('%s is malformed', async (_, text) => {
    for (const [method, path] of textPlaces)
      expect((await refused(method, path, { text })).code).toBe('malformed-json');
  });

  it.each([
    '/v1/accounts?limit=1&limit=2',
    '/v1/accounts?cursor=a&cursor=b',
    '/v1/accounts?limit[$gt]=1',
    '/v1/api-keys?limit=1&limit=2',
    '/v1/api-keys?cursor=a&cursor=b',
    `${information}?environment=sandbox&environment=production`,
    `/v1/accounts/${account}/readiness?environment=production&environment=production`,
    `/v1/accounts/${account}/referral?zone=UTC&zone=UTC`,
    `/v1/accounts/${account}/referral?at[$gt]=x&at=`,
    `${information}/history?limit=1&limit=1`,
  ])('the query of %s is refused', async (path) => {
    expect((await call('GET', path)).status).toBe(400);
  });

  it.each([
    `${information}?environment[$ne]=sandbox`,
    `${information}?__proto__[x]=1&constructor=1`,
    `/v1/accounts/${account}/readiness?environment[]=sandbox`,
  ])('the query of %s changes nothing of the answer', async (path) => {
    const { status, json } = await call('GET', path);
    expect({ status, json }).toEqual({
      status: 200,
      json: (await call('GET', path.split('?', 1)[0] ?? '')).json,
    });
  });

  it.each([
    '%7B%22%24gt%22%3A%22%22%7D',
    '__proto__',
    'constructor',
    'hostile-target%00',
    'hostile-target%0d%0aX-Header:%20x',
    '%2e%2e%2finternal%2fkeys',
    '..%5c..%5cinternal',
    'HOSTILE-TARGET',
    `${'x'.repeat(5_000)}`,
  ])('an account called %s is not there for any call', async (name) => {
    const calls = [
      ['GET', `/v1/accounts/${name}`],
      ['GET', `/v1/accounts/${name}/users`],
      ['PATCH', `/v1/accounts/${name}`],
      ['POST', `/v1/accounts/${name}/launch`],
      ['DELETE', `/v1/accounts/${name}/users/${name}`],
      ['DELETE', `/v1/accounts/${account}/users/${name}`],
      ['DELETE', `/v1/api-keys/${name}`],
      ['POST', `/v1/api-keys/${name}/rotate`],
    ] as const;
    const before = await stored();
    for (const [method, path] of calls) {
      const { status } = await call(method, path, method === 'PATCH' ? { body: { name: 'x' } } : {});
      expect({ method, path, status }).toEqual({ method, path, status: 404 });
    }
    expect(await stored()).toBe(before);
  });

  it.each(['%zz', '%ff%fe', '%ed%a0%80'])('the broken percent code %s is refused in a path', async (name) => {
    const before = await stored();
    for (const [method, path] of [
      ['GET', `/v1/accounts/${name}`],
      ['POST', `/v1/accounts/${name}/launch`],
      ['DELETE', `/v1/api-keys/${name}`],
    ] as const)
      expect(await call(method, path)).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    expect(await stored()).toBe(before);
  });

  it('that looks like the language of the database is kept as the text it is', async () => {
    const name = '$name {"$gt": ""} ${1} $$ROOT';
    const { status, json } = await call('PATCH', `/v1/accounts/${account}`, { body: { name } });
    expect([status, json]).toMatchObject([200, { name }]);
    expect((await call('GET', `/v1/accounts/${account}`)).json).toMatchObject({ name });
  });
});
