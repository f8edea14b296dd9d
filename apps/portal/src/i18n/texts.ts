import type { first } from './en/first.js';
import type { later } from './en/later.js';

type English = typeof first & typeof later;

/** All texts of one language: those of English, so that the compiler asks for every one. */
export type Texts = FirstTexts & LaterTexts;
/** What somebody meets first, sign-in and gate, is fetched by itself; the pages behind it when they are opened. */
export type FirstTexts = TextsLike<typeof first>;
export type LaterTexts = TextsLike<typeof later>;
type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> };

/** The texts of one page. */
export type TextsOf<Namespace extends keyof English> = Texts[Namespace];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: English;
  }
}
