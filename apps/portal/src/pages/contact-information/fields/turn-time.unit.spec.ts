import { turnTime } from './turn-time.js';

const now = new Date(2026, 10, 28, 15, 0);

describe('the time at which open and closed turn', () => {
  it.each([
    ['on the last of the coming days', new Date(2026, 11, 4, 9, 0), false],
    ['on the weekday of today, a week later', new Date(2026, 11, 5, 9, 0), true],
    ['weeks later', new Date(2026, 11, 21, 9, 0), true],
  ])('%s is told with its date where the weekday would mislead', (_, turn, hasDate) => {
    expect(turnTime('en-GB', now, turn).includes('December')).toBe(hasDate);
  });
});
