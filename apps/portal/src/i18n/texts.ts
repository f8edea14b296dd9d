import type { en } from './en/index.js';

/** All texts of one language: those of English, so that the compiler asks for every one. */
export type Texts = TextsLike<typeof en>;
type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> };

/** The texts of one page. */
export type TextsOf<Namespace extends keyof typeof en> = Texts[Namespace];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: typeof en;
  }
}
