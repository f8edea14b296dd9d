import type { Principal } from '@signalbox/contracts';
import { isWithinLimits, requireUnlimited, requireWithinLimits } from './key-limits.js';

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

it('turns a limited key away from what is about all accounts, and no other key', () => {
  expect(() => requireUnlimited(limited)).toThrow(expect.objectContaining({ code: 'forbidden' }) as Error);
  expect(() => requireUnlimited(key())).not.toThrow();
  expect(() => requireUnlimited({ kind: 'service', name: 'gateway' })).not.toThrow();
});

it('says that the key is limited', () => {
  expect(() => requireWithinLimits(limited, { account: 'acme-tours' })).toThrow(/limited/);
});
