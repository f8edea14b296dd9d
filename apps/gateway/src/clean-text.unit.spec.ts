import { cleanLine, cleanText } from './clean-text.js';

const high = '\ud83d';
const low = '\ude00';

describe.each([
  ['a line', cleanLine],
  ['a text', cleanText],
])('%s from outside', (_, clean) => {
  it.each([
    ['a first half', `a${high}b`, 'a b'],
    ['a second half', `a${low}b`, 'a b'],
    ['a first half at the end', `a${high}`, 'a'],
    ['halves the wrong way round', `a${low}${high}b`, clean === cleanLine ? 'a b' : 'a  b'],
  ])('holds no half of a character: %s', (_which, text, cleaned) => {
    expect(clean(text, 200)).toBe(cleaned);
  });

  it('keeps whole ones', () => {
    expect(clean(`a${high}${low}b`, 200)).toBe('a😀b');
  });

  it.each([197, 198, 199, 200])('is cut between characters: %p before the pair', (before) => {
    const text = clean(`${'x'.repeat(before)}😀${'y'.repeat(10)}`, 200);
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).toMatch(/^x+(😀)?…$/u);
    expect(Buffer.from(text).toString()).toBe(text);
  });
});
