import {
  addressStates,
  changeKinds,
  decisionNotes,
  deliveryStates,
  dispatchStates,
  eventKinds,
  inputErrorCodes,
  integrationTypes,
  passReasons,
  platformSteps,
  problemCodes,
  recipientReasons,
  repeatReasons,
  roundReasons,
  severities,
  storeReasons,
  suppressionReasons,
} from '@signalbox/contracts';
import { deliveryReasons } from '@signalbox/domain';
import { pages } from '../routes.js';
import { first } from './en/first.js';
import { later } from './en/later.js';
import { first as firstInSpanish } from './es/first.js';
import { later as laterInSpanish } from './es/later.js';
import { first as firstInPortuguese } from './pt-BR/first.js';
import { later as laterInPortuguese } from './pt-BR/later.js';

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

const en = { ...first, ...later };
const english = flat(en);

describe.each([
  ['pt-BR', flat({ ...firstInPortuguese, ...laterInPortuguese })],
  ['es', flat({ ...firstInSpanish, ...laterInSpanish })],
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
    ['is there for every kind of event', Object.keys(en.events.kinds), eventKinds],
    ['is there for every state of an event', Object.keys(en.events.states), dispatchStates],
    ['is there for every reason of a round', Object.keys(en.events.rounds), roundReasons],
    ['is there for why somebody is told', Object.keys(en.events.why), recipientReasons],
    ['is there for why a step is passed over', Object.keys(en.events.passed), passReasons],
    ['is there for every note of a decision', Object.keys(en.events.notes), decisionNotes],
    ['is there for every step beyond the contacts', Object.keys(en.events.steps), platformSteps],
    ['is there for every reason of a repeat', Object.keys(en.events.repeats), repeatReasons],
    ['is there for every severity', Object.keys(en.events.severities), severities],
    [
      'is there for every state of a delivery',
      Object.keys(en.events.deliveryStates),
      [...deliveryStates, 'bounced'],
    ],
    [
      'is there for every reason that a delivery can have',
      Object.keys(en.events.reasons),
      [...suppressionReasons, ...deliveryReasons, ...storeReasons],
    ],
    ['is there for every kind of change', Object.keys(en.history.kinds), changeKinds],
    ['is there for every integration type', Object.keys(en.history.integrationTypes), integrationTypes],
    ['is there for every state of an address', Object.keys(en.history.addresses.states), addressStates],
    ['tells every state of an address', Object.keys(en.history.addresses.stateTexts), addressStates],
    ['is there for every end of a test mail', Object.keys(en.history.addresses.tests), deliveryStates],
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
