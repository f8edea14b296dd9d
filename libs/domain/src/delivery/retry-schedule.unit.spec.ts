import fc from 'fast-check';
import { lanes, type Lane } from '@signalbox/contracts';
import { nextAccountMailAttempt, nextAttempt, retryHorizonMs, retryPaces } from './retry-schedule.js';

const acceptedAt = new Date('2026-11-23T09:00:00Z');
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Milliseconds until the next attempt, or 'expired'. */
function waitAfter(lane: Lane, attempt: number, chance = 0, now = acceptedAt): number | 'expired' {
  const next = nextAttempt(lane, attempt, acceptedAt, now, chance);
  return 'expired' in next ? 'expired' : next.at.getTime() - now.getTime();
}

it.each([
  ['emergency', 1, 1 * secondMs],
  ['emergency', 2, 2 * secondMs],
  ['emergency', 6, 32 * secondMs],
  ['emergency', 7, 60 * secondMs],
  ['emergency', 500, 60 * secondMs],
  ['standard', 1, 1 * secondMs],
  ['standard', 7, 64 * secondMs],
  ['standard', 11, 1024 * secondMs],
  ['standard', 12, 30 * minuteMs],
  ['bulk', 2_000, 30 * minuteMs],
] as const)('%s, attempt %d failed → again after %d ms', (lane, attempt, waitMs) => {
  expect(waitAfter(lane, attempt)).toBe(waitMs);
});

it('chance takes away a quarter at most and adds nothing', () => {
  expect(waitAfter('standard', 11, 0.5)).toBe(896 * secondMs);
  fc.assert(
    fc.property(
      fc.constantFrom(...lanes),
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (lane, attempt, chance) => {
        const most = waitAfter(lane, attempt) as number;
        const wait = waitAfter(lane, attempt, chance) as number;
        return wait <= most && wait >= Math.floor(most * 0.75) && wait <= retryPaces[lane].mostMs;
      },
    ),
  );
});

it('whatever chance says, a mail that fails for 90 seconds is tried again within 60 seconds of their end', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 20,
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.constantFrom(...lanes), chances, (lane, drawn) => {
      let atMs = 0;
      for (let attempt = 1; atMs < 90 * secondMs; attempt += 1) {
        atMs += waitAfter(lane, attempt, drawn[attempt]) as number;
      }
      return atMs - 90 * secondMs <= 60 * secondMs;
    }),
  );
});

it.each([
  ['just before five days', retryHorizonMs - minuteMs, 'emergency', 59 * secondMs, false],
  [
    'when the next attempt would come after five days',
    retryHorizonMs - secondMs,
    'emergency',
    undefined,
    true,
  ],
  ['after five days', retryHorizonMs + 1, 'standard', undefined, true],
] as const)('%s: expired %#', (_, ageMs, lane, __, expired) => {
  const now = new Date(acceptedAt.getTime() + ageMs);
  expect(waitAfter(lane, 100, 0, now) === 'expired').toBe(expired);
});

it.each([
  [1, 15 * minuteMs, 1 * secondMs],
  [3, 15 * minuteMs, 4 * secondMs],
  [20, 15 * minuteMs, 60 * secondMs],
  [20, 60 * secondMs, 60 * secondMs],
  [20, 59 * secondMs, 'expired'],
  [1, -1, 'expired'],
] as const)('an account mail, attempt %d failed with %d ms to live → %s', (attempt, livesForMs, wait) => {
  const next = nextAccountMailAttempt(attempt, new Date(acceptedAt.getTime() + livesForMs), acceptedAt, 0);
  expect('expired' in next ? 'expired' : next.at.getTime() - acceptedAt.getTime()).toBe(wait);
});
