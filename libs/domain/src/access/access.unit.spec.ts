import { mayInvite, type Inviter } from './invitation-rules.js';
import { takesLastAdmin } from './last-admin.js';

describe('who may invite', () => {
  it.each<[Inviter, 'admin' | 'member', boolean, boolean]>([
    // inviter, role, while the gate is closed, once it is open
    ['operator', 'admin', true, true],
    ['operator', 'member', true, true],
    ['admin', 'admin', true, true],
    ['admin', 'member', true, true],
    ['member', 'member', true, false],
    ['member', 'admin', false, false],
  ])('%s invites %s: while the gate is closed %s, once it is open %s', (inviter, role, closed, open) => {
    expect(mayInvite(inviter, role, false)).toBe(closed);
    expect(mayInvite(inviter, role, true)).toBe(open);
  });
});

describe('the last admin', () => {
  const admin = { role: 'admin' } as const;
  const member = { role: 'member' } as const;
  it.each([
    ['is taken when the only one leaves', [admin, member], [member], true],
    ['is taken when nobody stays', [admin], [], true],
    ['is not taken while another one stays', [admin, admin], [admin], false],
    ['is not taken from an account that has none', [member, member], [member], false],
    ['is not taken when a member leaves', [admin, member], [admin], false],
  ] as const)('%s', (_, before, after, taken) => {
    expect(takesLastAdmin(before, after)).toBe(taken);
  });
});
