import { inputErrorCodes, problemCodes } from '@signalbox/contracts';
import { pages } from '../routes.js';
import { en } from './en/index.js';
import { es } from './es/index.js';
import { ptBR } from './pt-BR/index.js';

type Tree = { readonly [key: string]: string | Tree };

/** Every text by its whole key. */
function flat(tree: Tree, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${above}${key}`, value] as const] : [...flat(value, `${above}${key}.`)],
    ),
  );
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();

/** Texts that are the same word in the other language. */
const sameWord = {
  'pt-BR': ['shared.environment.sandbox', 'shell.menu'],
  es: ['shared.environment.sandbox'],
};

const english = flat(en);

describe.each([
  ['pt-BR', flat(ptBR)],
  ['es', flat(es)],
] as const)('the texts in %s', (language, texts) => {
  it('are those of English, key by key', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('hold the same placeholders', () => {
    const differ = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(texts.get(key) ?? '').join(),
    );
    expect(differ).toEqual([]);
  });

  it('are translated, but for words that both languages have', () => {
    const same = [...english].filter(([key, text]) => texts.get(key) === text).map(([key]) => key);
    expect(same.sort()).toEqual([...sameWord[language]].sort());
  });
});

describe('every text', () => {
  it.each([
    ['is there for every code of an input error', Object.keys(en.inputErrors), inputErrorCodes],
    ['names every page', Object.keys(en.shell.pages), Object.keys(pages)],
  ])('%s', (_, has, wanted) => {
    expect([...has].sort()).toEqual([...wanted].sort());
  });

  it('of a problem is for a code that there is', () => {
    const own = ['other', 'noAnswer', 'unexpected'];
    const unknown = Object.keys(en.problems).filter((code) => !own.includes(code) && !(code in problemCodes));
    expect(unknown).toEqual([]);
  });
});
