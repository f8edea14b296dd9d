import { scopes, type Principal } from '@signalbox/contracts';
import { SignJWT } from 'jose';
import { hasScope, principalOf, setPrincipal } from './current-principal.js';
import { bearerToken, isOpenPath } from './principal-guard.js';
import { mintPrincipalToken, verifyPrincipalToken } from './principal-token.js';

const start = Date.parse('2026-11-23T09:00:00Z');
const at = (seconds: number) => ({ now: () => new Date(start + seconds * 1000) });
const keysOf = (current: string, previous?: string) =>
  previous === undefined
    ? { current: current.repeat(32) }
    : { current: current.repeat(32), previous: previous.repeat(32) };
const sender: Principal = {
  kind: 'api-key',
  id: 'k1',
  name: 'monitor',
  scopes: ['events:send'],
  limits: { kinds: ['emergency'] },
};
const router: Principal = { kind: 'service', name: 'notification-router' };

describe('a principal token', () => {
  it.each([sender, router])('says who asks: $kind', async (principal) => {
    const keys = keysOf('a');
    await expect(
      verifyPrincipalToken(keys, await mintPrincipalToken(keys, principal, at(0)), at(1)),
    ).resolves.toEqual(principal);
  });

  it('runs out after 60 seconds', async () => {
    const keys = keysOf('a');
    const token = await mintPrincipalToken(keys, sender, at(0));
    await expect(verifyPrincipalToken(keys, token, at(59))).resolves.toEqual(sender);
    await expect(verifyPrincipalToken(keys, token, at(60))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('is signed once in 30 seconds for one principal, and anew when what it may do has changed', async () => {
    const keys = keysOf('a');
    const first = await mintPrincipalToken(keys, sender, at(0));
    expect(await mintPrincipalToken(keys, sender, at(29))).toBe(first);
    expect(await mintPrincipalToken(keys, sender, at(30))).not.toBe(first);
    expect(await mintPrincipalToken(keys, { ...sender, scopes: [...scopes] }, at(1))).not.toBe(first);
  });

  it('of the previous key is still taken, of a key before that no longer', async () => {
    const token = await mintPrincipalToken(keysOf('a'), sender, at(0));
    await expect(verifyPrincipalToken(keysOf('b', 'a'), token, at(1))).resolves.toEqual(sender);
    await expect(verifyPrincipalToken(keysOf('c', 'b'), token, at(1))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it.each([
    [
      'unsigned',
      `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ principal: router, iss: 'signalbox', aud: 'signalbox', exp: 9e9 }))}.`,
    ],
    ['no token at all', 'sbx_0123456789'],
    ['empty', ''],
  ])('is refused when it is %s', async (_, token) => {
    await expect(verifyPrincipalToken(keysOf('a'), token, at(0))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it.each([
    ['another audience', { aud: 'elsewhere' }],
    ['another issuer', { iss: 'elsewhere' }],
    ['no end', { exp: undefined }],
    ['a principal nobody knows', { principal: { kind: 'root' } }],
  ])('is refused when it has %s', async (_, change) => {
    const claims = {
      principal: router,
      iss: 'signalbox',
      aud: 'signalbox',
      exp: start / 1000 + 60,
      ...change,
    };
    const secret = new TextEncoder().encode('a'.repeat(32));
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    await expect(verifyPrincipalToken(keysOf('a'), token, at(0))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('what a principal may do', () => {
  it('is one of the scopes asked for', () => {
    expect(hasScope(sender, 'events:send', 'operator')).toBe(true);
    expect(hasScope(sender, 'operator')).toBe(false);
  });

  it('is everything for a service of ours', () => {
    expect(scopes.every((scope) => hasScope(router, scope))).toBe(true);
  });

  it('is nothing where no guard has said who asks', () => {
    const request = {};
    expect(() => principalOf(request)).toThrow(expect.objectContaining({ code: 'unauthenticated' }) as Error);
    setPrincipal(request, sender);
    expect(principalOf(request)).toBe(sender);
  });
});

it.each([
  ['/health', true],
  ['/health/ready', true],
  ['/metrics', true],
  ['/healthy', false],
  ['/v1/health', false],
  ['/', false],
])('%s needs no key: %s', (path, isOpen) => {
  expect(isOpenPath(path)).toBe(isOpen);
});

it.each([undefined, '', 'Basic abc', 'Bearer', 'Bearer a b', 'Bearer a,b'])(
  '%p carries no token',
  (authorization) => {
    expect(() => bearerToken({ headers: { authorization } })).toThrow(
      expect.objectContaining({ code: 'unauthenticated' }) as Error,
    );
  },
);
