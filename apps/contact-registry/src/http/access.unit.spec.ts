import type { Principal } from '@signalbox/contracts';
import { setPrincipal } from '@signalbox/runtime';
import { askerOf } from './access.js';

const missing = { sandbox: [], production: [] };
const partner: Principal = {
  kind: 'portal-user',
  id: 'p1',
  memberships: [
    { account: 'acme', user: 'u1', role: 'admin', missing },
    { account: 'bistro', user: 'u2', role: 'member', missing },
  ],
};

function asked(principal: Principal, forwardedFor?: string | string[], account = 'acme') {
  const request = {
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
    params: { account },
  };
  setPrincipal(request, principal);
  return askerOf(request as never);
}

describe('who asks for a change', () => {
  it.each<[Principal, string, object]>([
    [
      { kind: 'api-key', id: 'k1', name: 'ops', scopes: ['operator'] },
      'ops (k1)',
      { kind: 'api-key', id: 'k1' },
    ],
    [{ kind: 'staff', id: 's1', name: 'Bia', role: 'operator' }, 'Bia (s1)', { kind: 'staff', id: 's1' }],
    [{ kind: 'service', name: 'router' }, 'router', { kind: 'service', id: 'router' }],
    [partner, 'portal user', { kind: 'portal-user', id: 'u1' }],
  ])('%j is known as %s', (principal, by, actor) => {
    expect(asked(principal)).toEqual({ by, actor, from: null });
  });

  it('is, for a portal user, the user of the account that it is about', () => {
    expect(asked(partner, undefined, 'bistro').actor.id).toBe('u2');
    expect(() => asked(partner, undefined, 'nova')).toThrow('There is no such account.');
  });

  it('is somebody', () => {
    expect(() => asked({ kind: 'anonymous' })).toThrow('Nobody is signed in.');
  });

  it.each<[string | string[], string | null]>([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['192.0.2.7, 10.0.0.1', null],
    [['192.0.2.7', '10.0.0.1'], null],
    ['ana@acme.example', null],
    ['', null],
  ])('comes from %j as %j', (header, from) => {
    expect(asked(partner, header).from).toBe(from);
  });
});
