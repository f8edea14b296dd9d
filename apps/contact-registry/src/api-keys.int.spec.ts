import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  ApiKeyList,
  ApiKeyView,
  ApiKeyWithSecret,
  internalPaths,
  KeyVerdict,
  type Principal,
} from '@signalbox/contracts';
import { sha256Hex } from '@signalbox/runtime';
import { eventually } from '@signalbox/testing';
import { registryDatabase } from './accounts/account-document.js';
import { ApiKeyStore } from './keys/api-key-store.js';
import { gateway, operatorKey, useRegistryOverHttp } from './registry-over-http.spec.js';

const registry = useRegistryOverHttp();
const call: ReturnType<typeof registry>['call'] = (...args) => registry().call(...args);

async function make(body: object = {}): Promise<ApiKeyWithSecret> {
  const { status, json } = await call('POST', '/v1/api-keys', {
    body: { name: 'a monitor', scopes: ['events:send'], ...body },
  });
  expect(status).toBe(201);
  return ApiKeyWithSecret.parse(json);
}
async function rotate(id: string): Promise<ApiKeyWithSecret> {
  const { status, json } = await call('POST', `/v1/api-keys/${id}/rotate`);
  expect(status).toBe(200);
  return ApiKeyWithSecret.parse(json);
}
async function revoke(id: string, query = ''): Promise<ApiKeyView> {
  const { status, json } = await call('DELETE', `/v1/api-keys/${id}${query}`);
  expect(status).toBe(200);
  return ApiKeyView.parse(json);
}
async function verdictOn(secret: string): Promise<KeyVerdict> {
  const body = { sha256: sha256Hex(secret) };
  return KeyVerdict.parse((await call('POST', internalPaths.verifyKey, { as: gateway, body })).json);
}
const isKnown = async (secret: string): Promise<boolean> => (await verdictOn(secret)).known;
async function listed(id: string): Promise<ApiKeyView> {
  const { items } = ApiKeyList.parse((await call('GET', '/v1/api-keys?limit=200')).json);
  const found = items.find((key) => key.id === id);
  if (found === undefined) throw new Error(`the key ${id} is not in the list`);
  return found;
}

describe('API keys through the API', () => {
  it('are made with what they may do; the secret is in that answer and nowhere else', async () => {
    const limits = { kinds: ['emergency'], environments: ['production'], accounts: ['acme-tours'] };
    const { key, secret } = await make({ limits });
    expect(secret).toMatch(/^sbx_[\w-]{43}$/);
    expect(key).toMatchObject({
      name: 'a monitor',
      scopes: ['events:send'],
      limits,
      revokedAt: null,
      secrets: [{ createdAt: key.createdAt, lastUsedAt: null }],
      history: [{ at: key.createdAt, by: 'operator (k1)', what: 'made' }],
    });
    expect(await verdictOn(secret)).toEqual({
      known: true,
      principal: { kind: 'api-key', id: key.id, name: 'a monitor', scopes: ['events:send'], limits },
    });

    const list = JSON.stringify((await call('GET', '/v1/api-keys?limit=200')).json);
    const stored = JSON.stringify(await registry().connection.collection('apiKeys').find().toArray());
    for (const text of [list, stored]) expect(text).not.toContain(secret);
    expect(list).not.toContain(sha256Hex(secret));
  });

  it('are rotated: the secret before stays valid until the next rotation, and never a third', async () => {
    const first = await make();
    const { id } = first.key;
    const second = await rotate(id);
    expect(await Promise.all([first.secret, second.secret].map(isKnown))).toEqual([true, true]);
    expect(second.key.secrets).toHaveLength(2);
    expect(second.key.secrets[1]).toEqual(first.key.secrets[0]);

    const third = await rotate(id);
    const secrets = [first.secret, second.secret, third.secret];
    expect(await Promise.all(secrets.map(isKnown))).toEqual([false, true, true]);
    expect(new Set(secrets).size).toBe(3);
    expect(third.key.secrets[1]?.createdAt).toBe(second.key.secrets[0]?.createdAt);
    expect(third.key.history.map(({ what }) => what)).toEqual(['made', 'rotated', 'rotated']);
  });

  it('rotated by many at once have two valid secrets, the newest and the one before', async () => {
    const { key } = await make();
    const rotated = await Promise.all(Array.from({ length: 10 }, () => rotate(key.id)));
    const known = await Promise.all(rotated.map(({ secret }) => isKnown(secret)));
    expect(known.filter(Boolean)).toHaveLength(2);
    expect((await listed(key.id)).history).toHaveLength(11);
  });

  it('lose the previous secret alone when that is asked, once', async () => {
    const { key, secret: first } = await make();
    const { secret: second } = await rotate(key.id);
    const after = await revoke(key.id, '?secret=previous');
    expect(after).toMatchObject({ revokedAt: null, history: [{}, {}, { what: 'previous-secret-revoked' }] });
    expect(after.secrets).toHaveLength(1);
    expect(await Promise.all([first, second].map(isKnown))).toEqual([false, true]);
    expect((await revoke(key.id, '?secret=previous')).history).toEqual(after.history);
  });

  it('are revoked with all their secrets, once, and rotated no more', async () => {
    const { key, secret: first } = await make();
    const { secret: second } = await rotate(key.id);
    const revoked = await revoke(key.id);
    expect(revoked.revokedAt).not.toBeNull();
    expect(revoked.history.at(-1)).toEqual({ at: revoked.revokedAt, by: 'operator (k1)', what: 'revoked' });
    expect(await Promise.all([first, second].map(isKnown))).toEqual([false, false]);
    expect(await revoke(key.id)).toEqual(revoked);
    expect(await call('POST', `/v1/api-keys/${key.id}/rotate`)).toMatchObject({
      status: 409,
      json: { code: 'api-key-revoked' },
    });
    expect(await listed(key.id)).toEqual(revoked);
  });

  it('tell when each secret was last used', async () => {
    const { key, secret: first } = await make();
    const { secret: second } = await rotate(key.id);
    const lastUses = async () => (await listed(key.id)).secrets.map(({ lastUsedAt }) => lastUsedAt !== null);
    expect(await lastUses()).toEqual([false, false]);
    await isKnown(first);
    await eventually(async () => (await lastUses()).join() === 'false,true');
    await isKnown(second);
    await eventually(async () => (await lastUses()).join() === 'true,true');
  });

  it('of before rotation go on, and can be rotated', async () => {
    const secret = `sbx_${randomUUID()}`;
    const [id, createdAt] = [randomUUID(), new Date('2026-01-01T00:00:00Z')];
    const old = { sha256: sha256Hex(secret), name: 'old', scopes: ['operator'], limits: null };
    await registry()
      .connection.collection<{ _id: string }>('apiKeys')
      .insertOne({ _id: id, ...old, createdAt, revokedAt: null, lastUsedAt: null } as { _id: string });
    expect(await verdictOn(secret)).toMatchObject({ known: true, principal: { id, scopes: ['operator'] } });
    expect(await listed(id)).toMatchObject({
      secrets: [{ createdAt: createdAt.toISOString() }],
      history: [],
    });
    const rotated = await rotate(id);
    expect(await Promise.all([secret, rotated.secret].map(isKnown))).toEqual([true, true]);
    expect(rotated.key).toMatchObject({
      secrets: [{}, { createdAt: createdAt.toISOString() }],
      history: [{ what: 'rotated' }],
    });
  });

  it('are listed in pages, oldest first, each once', async () => {
    await Promise.all(Array.from({ length: 3 }, () => make()));
    const seen: ApiKeyView[] = [];
    let cursor = '';
    do {
      const page = ApiKeyList.parse((await call('GET', `/v1/api-keys?limit=2${cursor}`)).json);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    const all = await new ApiKeyStore(registry().connection).list(1_000);
    expect(seen.map(({ id }) => id)).toEqual(all.map(({ _id }) => _id));
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
  });

  it.each([
    ['POST', '', { name: 'x', scopes: [] }, '/scopes'],
    ['POST', '', { name: 'x', scopes: ['everything'] }, '/scopes/0'],
    ['POST', '', { name: 'two\r\nlines', scopes: ['operator'] }, '/name'],
    ['POST', '', { name: 'x', scopes: ['operator'], sha256: 'a' }, '/sha256'],
    ['POST', '', { name: 'x', scopes: ['events:send'], limits: { accounts: [] } }, '/limits/accounts'],
    ['POST', '', { name: 'x', scopes: ['events:send'], limits: { account: ['a'] } }, '/limits/account'],
    ['GET', '?cursor=x', undefined, '/cursor'],
    ['DELETE', `/${randomUUID()}?secret=first`, undefined, '/secret'],
  ])('%s /v1/api-keys%s with %j is refused at %s', async (method, rest, body, pointer) => {
    const before = await registry().connection.collection('apiKeys').countDocuments();
    const { status, json } = await call(method, `/v1/api-keys${rest}`, { body });
    expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer }] } });
    expect(await registry().connection.collection('apiKeys').countDocuments()).toBe(before);
  });

  it('that are not there are not found, and a cursor that was not given out is refused', async () => {
    const nobody = randomUUID();
    const answers = [
      await call('POST', `/v1/api-keys/${nobody}/rotate`),
      await call('DELETE', `/v1/api-keys/${nobody}`),
      await call('DELETE', `/v1/api-keys/${nobody}?secret=previous`),
      await call('GET', `/v1/api-keys?cursor=${nobody}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 400]);
  });

  it('are neither seen nor touched with a key that is limited itself', async () => {
    const { key } = await make();
    const limited: Principal = { ...operatorKey, limits: { accounts: ['acme-tours'] } };
    const answers = [
      await call('GET', '/v1/api-keys', { as: limited }),
      await call('POST', '/v1/api-keys', { as: limited, body: { name: 'x', scopes: ['operator'] } }),
      await call('POST', `/v1/api-keys/${key.id}/rotate`, { as: limited }),
      await call('DELETE', `/v1/api-keys/${key.id}`, { as: limited }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await listed(key.id)).toEqual(key);
  });
});

describe('the tool api-keys', () => {
  const tool = fileURLToPath(new URL('../dist/api-keys.js', import.meta.url));
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [tool, ...args], {
      env: { ...process.env, MONGO_URL: process.env.MONGO_URL ?? '' },
    });
  /** The tool writes to the registry's own database; what it stored is taken over into this spec's. */
  async function taken(name: string): Promise<void> {
    const { connection } = registry();
    const key = await connection.useDb(registryDatabase).collection('apiKeys').findOne({ name });
    await connection.collection('apiKeys').replaceOne({ name }, key ?? {}, { upsert: true });
  }
  async function lineOf(name: string): Promise<ApiKeyView> {
    const { stdout } = await run('list');
    const lines = stdout.split('\n').filter((line) => line.includes(name));
    expect(lines).toHaveLength(1);
    return ApiKeyView.parse(JSON.parse(lines[0] ?? ''));
  }

  it('makes keys that are known by their hash, rotates them, and revokes them', async () => {
    const name = `spec-${randomUUID()}`;
    const scopes = ['--scopes', 'events:send,operator', '--accounts', 'a,b'];
    const first = (await run('create', '--name', name, ...scopes)).stdout;
    expect(first).toMatch(/^sbx_[\w-]{43}\n$/);
    const { id, ...line } = await lineOf(name);
    expect(line).toMatchObject({
      name,
      scopes: ['events:send', 'operator'],
      limits: { accounts: ['a', 'b'] },
    });
    expect(JSON.stringify(line)).not.toContain(sha256Hex(first.trim()));
    await taken(name);
    expect(await verdictOn(first.trim())).toMatchObject({
      known: true,
      principal: { name, limits: { accounts: ['a', 'b'] } },
    });

    const second = (await run('rotate', '--id', id)).stdout;
    await taken(name);
    expect(await Promise.all([first, second].map((secret) => isKnown(secret.trim())))).toEqual([true, true]);
    await run('revoke', '--id', id, '--previous');
    await taken(name);
    expect(await Promise.all([first, second].map((secret) => isKnown(secret.trim())))).toEqual([false, true]);
    await run('revoke', '--id', id);
    await taken(name);
    expect(await isKnown(second.trim())).toBe(false);
    const by = 'the tool api-keys';
    expect((await lineOf(name)).history).toMatchObject([
      { by, what: 'made' },
      { by, what: 'rotated' },
      { by, what: 'previous-secret-revoked' },
      { by, what: 'revoked' },
    ]);
  }, 120_000);

  it.each([
    [['create', '--name', 'x', '--scopes', 'everything'], 'is not known'],
    [['create', '--scopes', 'operator'], '--name'],
    [['revoke', '--id', 'nobody'], 'no key'],
    [['rotate', '--id', 'nobody'], 'no key'],
  ])('%j is refused with a line that says why', async (args, why) => {
    const failed = await run(...args).catch((error: unknown) => error as { code: number; stderr: string });
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toContain(why);
  });
});
