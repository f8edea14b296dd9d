import type { AddressState } from '@signalbox/contracts';
import {
  addressFreshForMs,
  addressState,
  addressTurnsAt,
  wasTested,
  type AddressFacts,
} from './address-state.js';

const now = new Date('2026-11-27T12:00:00.000Z');
const dayMs = 24 * 60 * 60 * 1000;
const ago = (days: number, ms = 0) => new Date(now.getTime() - days * dayMs - ms);

describe('an address', () => {
  it.each<[string, Partial<AddressFacts> | undefined, AddressState]>([
    ['of which nothing is known', undefined, 'unconfirmed'],
    ['that was seen, and no more', {}, 'unconfirmed'],
    ['that takes mail and was never confirmed', { lastAcceptedAt: ago(1) }, 'unconfirmed'],
    ['that was confirmed', { confirmedAt: ago(1) }, 'confirmed'],
    ['confirmed a moment less than 180 days ago', { confirmedAt: ago(180, -1) }, 'confirmed'],
    ['confirmed 180 days ago', { confirmedAt: ago(180) }, 'stale'],
    [
      'confirmed long ago that took mail since',
      { confirmedAt: ago(900), lastAcceptedAt: ago(179) },
      'confirmed',
    ],
    [
      'confirmed long ago whose last mail is old too',
      { confirmedAt: ago(900), lastAcceptedAt: ago(181) },
      'stale',
    ],
    [
      'confirmed lately whose last mail is old',
      { confirmedAt: ago(3), lastAcceptedAt: ago(400) },
      'confirmed',
    ],
    ['never confirmed whose last mail is old', { lastAcceptedAt: ago(180) }, 'stale'],
    ['never heard of but by a bounce', { lastBouncedAt: ago(1) }, 'bouncing'],
    ['that bounced after it was confirmed', { confirmedAt: ago(2), lastBouncedAt: ago(1) }, 'bouncing'],
    ['that bounced after it took mail', { lastAcceptedAt: ago(2), lastBouncedAt: ago(1) }, 'bouncing'],
    [
      'that bounced long ago and never came back',
      { confirmedAt: ago(900), lastBouncedAt: ago(800) },
      'bouncing',
    ],
    [
      'that took mail after a bounce',
      { confirmedAt: ago(9), lastBouncedAt: ago(2), lastAcceptedAt: ago(1) },
      'confirmed',
    ],
    ['that was confirmed after a bounce', { lastBouncedAt: ago(2), confirmedAt: ago(1) }, 'confirmed'],
    [
      'that bounced and was accepted in one moment',
      { lastBouncedAt: ago(2), lastAcceptedAt: ago(2) },
      'unconfirmed',
    ],
    [
      'that took mail long after a bounce, long ago',
      { lastBouncedAt: ago(400), lastAcceptedAt: ago(300) },
      'stale',
    ],
  ])('%s', (_what, facts, state) => {
    const never = { confirmedAt: null, lastAcceptedAt: null, lastBouncedAt: null };
    expect(addressState(facts && { ...never, ...facts }, now)).toBe(state);
  });

  it.each<[string, Partial<AddressFacts> | undefined, boolean, Date | undefined]>([
    ['of which nothing is known', undefined, false, undefined],
    ['that was seen, and no more', {}, false, undefined],
    ['that was confirmed', { confirmedAt: ago(1) }, true, ago(-179)],
    ['that takes mail', { lastAcceptedAt: ago(1) }, true, ago(-179)],
    [
      'that took mail after it was confirmed',
      { confirmedAt: ago(9), lastAcceptedAt: ago(4) },
      true,
      ago(-176),
    ],
    ['that is stale', { confirmedAt: ago(180) }, true, undefined],
    ['that bounces', { confirmedAt: ago(2), lastBouncedAt: ago(1) }, true, undefined],
  ])('%s counts as tested or not, and turns at its instant or never', (_what, some, tested, turnsAt) => {
    const never = { confirmedAt: null, lastAcceptedAt: null, lastBouncedAt: null };
    const facts = some && { ...never, ...some };
    expect(wasTested(facts)).toBe(tested);
    expect(addressTurnsAt(facts, now)).toEqual(turnsAt);
    if (turnsAt === undefined) return;
    const before = addressState(facts, now);
    expect(addressState(facts, new Date(turnsAt.getTime() - 1))).toBe(before);
    expect(addressState(facts, turnsAt)).toBe('stale');
  });

  it('stays fresh for 180 days', () => {
    expect(addressFreshForMs / dayMs).toBe(180);
  });
});
