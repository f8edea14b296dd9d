import { chooseLanguage, findLanguage } from './languages.js';

describe('the language', () => {
  it.each([
    [['pt-BR'], 'pt-BR'],
    [['pt-PT', 'en'], 'pt-BR'],
    [['es-419'], 'es'],
    [['de-DE', 'ES', 'en'], 'es'],
    [[null, undefined, 'en-GB', 'es'], 'en'],
    [['de', 'fr'], 'en'],
    [[''], 'en'],
    [[], 'en'],
  ])('of somebody who wants %j is %s', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });

  it('is none where none of ours is wanted, so that somebody else may say which', () => {
    expect(findLanguage(['de', null])).toBeUndefined();
  });
});
