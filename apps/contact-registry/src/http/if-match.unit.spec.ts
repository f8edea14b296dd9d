import { ProblemError } from '@signalbox/runtime';
import { entityTagOf, parseIfMatch } from './if-match.js';

const codeOf = (header: string | undefined): string | undefined => {
  try {
    parseIfMatch(header);
    return undefined;
  } catch (error) {
    return error instanceof ProblemError ? error.code : String(error);
  }
};

describe('If-Match', () => {
  it.each([
    ['"7"', true],
    ['  "7"  ', true],
    ['*', true],
    ['"6", "7"', true],
    [',"6",,"7",', true],
    ['"6","8"', false],
    ['""', false],
    ['W/"7"', false],
    ['W/"7", "7"', true],
    ['"a,7"', false],
    ['"07"', false],
  ])('%s lets a save of revision 7 through: %s', (header, matches) => {
    expect(parseIfMatch(header)(7)).toBe(matches);
  });

  it.each([undefined, '', '  '])('is required (%j)', (header) => {
    expect(codeOf(header)).toBe('if-match-required');
  });

  it.each(['7', '"7', '7"', '"7" "8', '"7"x', '*, "7"', 'w/"7"', "'7'"])('takes no %s', (header) => {
    expect(codeOf(header)).toBe('invalid-request');
  });

  it('takes the tag that it was given', () => {
    expect(parseIfMatch(entityTagOf(0))(0)).toBe(true);
  });
});
