import { isAllClear, lateByMinutes } from './mail-facts.js';

const happenedAt = new Date('2026-11-23T09:30:00Z');

it.each([
  [0, undefined],
  [120, undefined],
  [121, 2],
  [14 * 60 + 59, 14],
  [-3600, undefined],
])('%d seconds after its event a mail is late by %s minutes', (seconds, minutes) => {
  expect(lateByMinutes(happenedAt, new Date(happenedAt.getTime() + seconds * 1_000))).toBe(minutes);
});

const common = { environment: 'production', title: 'Feed stopped' } as const;
it.each([
  ['a firing alert', { ...common, status: 'firing' }, false],
  ['an event without a status', common, false],
  ['a resolved alert', { ...common, status: 'resolved' }, true],
  ['what names the event it ends', { ...common, resolves: { source: 's', id: '1' } }, true],
] as const)('%s is an all-clear: %#', (_, data, allClear) => {
  expect(isAllClear(data)).toBe(allClear);
});
