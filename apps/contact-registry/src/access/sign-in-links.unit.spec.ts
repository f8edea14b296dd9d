import { refusalOf } from './sign-in-links.js';

const now = new Date('2026-07-01T12:00:00Z');
const earlier = new Date('2026-07-01T11:59:59Z');
const later = new Date('2026-07-01T12:00:01Z');

describe('a link that does not sign in says why', () => {
  it.each([
    ['nobody made it', null, 'unknown'],
    ['it was used', { expiresAt: later, usedAt: earlier }, 'used'],
    ['it was used, and has run out since', { expiresAt: earlier, usedAt: earlier }, 'used'],
    ['it has run out', { expiresAt: earlier, usedAt: null }, 'expired'],
    ['it has run out at this instant', { expiresAt: now, usedAt: null }, 'expired'],
    ['another is using it at this moment', { expiresAt: later, usedAt: null }, 'used'],
  ] as const)('%s', (_, note, why) => {
    expect(refusalOf(note, now)).toBe(why);
  });
});
