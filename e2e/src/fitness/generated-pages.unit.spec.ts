import { generatedPages } from '@signalbox/tools';
import { textOf } from './repository.js';

describe.each(Object.entries(generatedPages))('%s', (path, page) => {
  it('is what `npm run docs` writes', () => {
    expect(textOf(path)).toBe(page());
  });
});
