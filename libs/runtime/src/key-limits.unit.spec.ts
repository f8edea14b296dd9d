import type { Principal } from '@signalbox/contracts';
import { environmentsWithin, isWithinLimits, requireWithinLimits } from './key-limits.js';

const key = (limits?: Extract<Principal, { kind: 'api-key' }>['limits']): Principal => ({
  kind: 'api-key',
  id: 'k',
  name: 'spec',
  scopes: ['operator'],
  ...(limits && { limits }),
});
const limited = key({ accounts: ['bistro-uno'], environments: ['sandbox'], kinds: ['emergency'] });

it.each([
  ['its own account', { account: 'bistro-uno' }, true],
  ['another account', { account: 'acme-tours' }, false],
  ['its environment', { account: 'bistro-uno', environment: 'sandbox' }, true],
  ['another environment', { account: 'bistro-uno', environment: 'production' }, false],
  ['its kind', { kind: 'emergency' }, true],
  ['another kind', { kind: 'user-escalation' }, false],
] as const)('a limited key asking for %s', (_, asked, allowed) => {
  expect(isWithinLimits(limited, asked)).toBe(allowed);
  expect(isWithinLimits(key(), asked)).toBe(true);
});

it('says in which environments a key may work', () => {
  expect(environmentsWithin(limited)).toEqual(['sandbox']);
  expect(environmentsWithin(key())).toEqual(['sandbox', 'production']);
  expect(environmentsWithin({ kind: 'staff', id: 's', name: 'spec', role: 'operator' })).toHaveLength(2);
});

it('says that the key is limited', () => {
  expect(() => requireWithinLimits(limited, { account: 'acme-tours' })).toThrow(/limited/);
});
