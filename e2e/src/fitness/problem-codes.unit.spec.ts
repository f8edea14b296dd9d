import { inputErrorCodes, problemCodes } from '@signalbox/contracts';
import { sourcesIn, textOf } from './repository.js';

const table = 'libs/contracts/src/problem.ts';
const sources = [...sourcesIn('apps'), ...sourcesIn('libs')]
  .filter((file) => file !== table)
  .map((file) => textOf(file));
const isSaidSomewhere = (code: string): boolean => sources.some((text) => text.includes(`'${code}'`));

// A code that nothing says is a promise to callers that nobody keeps.
describe('every code of the table is one that an answer can carry', () => {
  it.each(Object.keys(problemCodes))('%s', (code) => {
    expect(isSaidSomewhere(code)).toBe(true);
  });

  it.each(inputErrorCodes)('%s, in errors', (code) => {
    expect(isSaidSomewhere(code)).toBe(true);
  });
});
