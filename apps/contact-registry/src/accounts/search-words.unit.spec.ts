import { searchWords, wordStarts } from './search-words.js';

describe('the words of a search', () => {
  it.each([
    ['Bistró Uno', ['bistro', 'uno']],
    ['  ÁCME,tours-2 acme ', ['acme', 'tours', '2']],
    ['İstanbul', ['istanbul']],
    ['ﬁsh & chips', ['fish', 'chips']],
    ['東京 Тур', ['東京', 'тур']],
    ['𝒜cme 𠮷野', ['acme', '𠮷野']],
    ['.*$^[(?{ne:1}', ['ne', '1']],
    ['$-*', []],
  ])('of %j are %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  it('are found by each of their beginnings, and halves of a letter are none', () => {
    expect(wordStarts('Uno und-Ü 𠮷a')).toEqual(['u', 'un', 'uno', 'und', '𠮷', '𠮷a']);
  });
});
