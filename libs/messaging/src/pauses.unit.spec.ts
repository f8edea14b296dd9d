import { createPauses } from './pauses.js';

describe('createPauses', () => {
  const nothing = () => undefined;

  it('doubles from 250 ms to 5 s, for each place by itself, and begins anew after a success', () => {
    const pauses = createPauses();
    const times = Array.from({ length: 7 }, () => pauses.pause('a:0', nothing));
    expect(times).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(times.map((time) => pauses.isLongest(time))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(pauses.pause('a:1', nothing)).toBe(250);
    pauses.forget('a:0');
    expect(pauses.pause('a:0', nothing)).toBe(250);
    pauses.clear();
  });
});
