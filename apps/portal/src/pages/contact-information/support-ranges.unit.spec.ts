import { weekdays, type SupportRange, type Weekday } from '@signalbox/contracts';
import { copiesOf, isOverMidnight, wallTimeOf } from './support-ranges.js';

const range = (days: readonly Weekday[], opens: string, closes: string): SupportRange => ({
  days: [...days],
  opens,
  closes,
  timeZone: 'UTC',
});
const [mon, ...others] = weekdays;
const [morning, afternoon] = [range([mon], '9:00', '12:00'), range([mon], '14:00', '18:00')];

describe('the hours in the form', () => {
  it.each([
    ['9:00', '09:00'],
    [' 09:00 ', '09:00'],
    ['24:00', '24:00'],
    ['nine', 'nine'],
    ['9', '9'],
  ])('%j is stored as %j', (written, stored) => {
    expect(wallTimeOf(written)).toBe(stored);
  });

  it.each([
    ['9:00', '17:00', false],
    ['22:00', '6:00', true],
    ['09:00', '9:00', true],
    ['00:00', '24:00', false],
    ['nine', '17:00', false],
    ['09:00', '', false],
  ])('from %j to %j run over midnight: %j', (opens, closes, isOver) => {
    expect(isOverMidnight(range([mon], opens, closes))).toBe(isOver);
  });

  it.each<[string, SupportRange[], number, SupportRange[]]>([
    [
      'a day with a break goes to the days without hours as a whole',
      [morning, afternoon],
      1,
      [range(others, '9:00', '12:00'), range(others, '14:00', '18:00')],
    ],
    [
      'once every day has hours, the others get these besides their own',
      [morning, afternoon, range(others, '09:00', '12:00')],
      0,
      [range(others, '14:00', '18:00')],
    ],
    ['what every day has is not copied', [range(weekdays, '09:00', '17:00')], 0, []],
    ['a range that is not there is not copied', [], 0, []],
  ])('%s', (_, hours, place, copies) => {
    expect(copiesOf(hours, place)).toEqual(copies);
  });
});
