import { randomUUID } from 'node:crypto';
import { accountImportPath, AccountList, ndjson, type Principal } from '@signalbox/contracts';
import { operatorKey, useRegistryOverHttp } from './registry-over-http.spec.js';

const registry = useRegistryOverHttp();
const sandboxOnly: Principal = { ...operatorKey, limits: { environments: ['sandbox'] } };

/** An account with one user, who is its alert contact. */
async function anAccount(): Promise<{ id: string; user: string }> {
  const id = `a-${randomUUID()}`;
  await registry().call('POST', '/v1/accounts', {
    body: { id, name: 'Acme', integrationType: 'ordering' },
  });
  const added = await registry().call('POST', `/v1/accounts/${id}/users`, {
    body: { email: 'ana@acme.example' },
  });
  const { user } = added.json as { user: { id: string } };
  const saved = await registry().call('PUT', `/v1/accounts/${id}/contact-information`, {
    body: {
      alertContacts: { userIds: [user.id] },
      technicalEmergency: { addresses: [{ email: 'page@acme.example' }] },
    },
    headers: { 'if-match': '*' },
  });
  expect(saved.status).toBe(200);
  return { id, user: user.id };
}

describe('a key that is limited to sandbox', () => {
  const line = JSON.stringify({ account: { id: 'a-line', name: 'Acme', integrationType: 'ordering' } });
  const information = 'contact-information';

  it.each<[string, string, string, object]>([
    ['imports nothing, which is a save in production', 'POST', accountImportPath, { text: line }],
    ['launches nobody', 'POST', '/v1/accounts/:account/launch', {}],
    ['reads no contact information of production', 'GET', `/v1/accounts/:account/${information}`, {}],
    ['no history, which has its alert contacts', 'GET', `/v1/accounts/:account/${information}/history`, {}],
    ['nor the addresses of them', 'GET', `/v1/accounts/:account/${information}/addresses`, {}],
    [
      'has no link sent to them',
      'POST',
      `/v1/accounts/:account/${information}/addresses/confirmation`,
      { body: { email: 'ana@acme.example' } },
    ],
    ['nor a test mail', 'POST', `/v1/accounts/:account/${information}/alertContacts/test-mail`, {}],
    [
      'does not change where they are told',
      'PATCH',
      '/v1/accounts/:account/users/:user',
      { body: { email: 'other@acme.example' } },
    ],
    ['nor removes them', 'DELETE', '/v1/accounts/:account/users/:user', {}],
    [
      'makes nobody a user, who would be one in production too',
      'POST',
      '/v1/accounts/:account/users',
      { body: { email: 'eve@acme.example', role: 'admin' } },
    ],
    [
      'invites nobody, in whatever environment it says that it does',
      'POST',
      '/v1/accounts/:account/invitations?environment=sandbox',
      { body: { email: 'eve@acme.example', role: 'member' } },
    ],
    [
      'saves no contact information, which the environments share, in whatever environment it says that it does',
      'PATCH',
      `/v1/accounts/:account/${information}?environment=sandbox`,
      { body: { technicalEmergency: { addresses: [{ email: 'eve@acme.example' }] } } },
    ],
    [
      'nor replaces it',
      'PUT',
      `/v1/accounts/:account/${information}?environment=sandbox`,
      { body: { technicalEmergency: { addresses: [{ email: 'eve@acme.example' }] } } },
    ],
    [
      'does not change who is told on our side',
      'PATCH',
      '/v1/accounts/:account',
      { body: { owner: 'eve@platform.example' } },
    ],
  ])('%s', async (_, method, path, call) => {
    const { id, user } = await anAccount();
    const { status, json } = await registry().call(
      method,
      path.replace(':account', id).replace(':user', user),
      {
        as: sandboxOnly,
        ...call,
        ...(path === accountImportPath && { headers: { 'content-type': ndjson } }),
      },
    );
    expect([status, json]).toMatchObject([403, { code: 'forbidden', detail: /limited/ }]);
  });

  it('works with what the environments share, and with its own', async () => {
    const { id } = await anAccount();
    const statusOf = async (path: string) =>
      (await registry().call('GET', `/v1/accounts/${id}${path}`, { as: sandboxOnly })).status;
    expect(await statusOf('')).toBe(200);
    expect(await statusOf('/users')).toBe(200);
    expect(await statusOf('/readiness?environment=sandbox')).toBe(200);
    expect(await statusOf(`/${information}?environment=sandbox`)).toBe(200);
  });

  it('lists accounts by what is so in sandbox, and sees nothing else of them', async () => {
    const { id } = await anAccount();
    const list = async (query: string) => {
      const { status, json } = await registry().call('GET', `/v1/accounts?limit=200${query}`, {
        as: sandboxOnly,
      });
      return { status, items: status === 200 ? AccountList.parse(json).items : [] };
    };
    // What is missing is missing in both environments, and is asked for in the one that the key may ask for.
    for (const query of ['', '&missing=operationalInternal', '&environment=sandbox&ready=false']) {
      const { status, items } = await list(query);
      expect(status).toBe(200);
      const [item] = items.filter((each) => each.id === id);
      expect(item).toMatchObject({ ready: { sandbox: false } });
      for (const each of [item?.ready, item?.missing, item?.advice])
        expect(Object.keys(each ?? {})).toEqual(['sandbox']);
    }
    expect((await list('&environment=production')).status).toBe(403);
  });
});
