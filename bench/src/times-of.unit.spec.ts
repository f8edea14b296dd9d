import { summaryOf } from './times-of.js';

it.each([
  [[5], { p50: 5, p99: 5, max: 5 }],
  [[3, 1, 2], { p50: 2, p99: 3, max: 3 }],
  [Array.from({ length: 200 }, (_, n) => 200 - n), { p50: 100, p99: 198, max: 200 }],
])('percentiles are values that were measured: %j', (took, expected) => {
  expect(summaryOf(took)).toEqual(expected);
});
