import type { MailTexts } from '../mail-texts.js';
import { en } from './en.js';

/** Every language there is, by its lower-case tag. English is there for whoever asks for another. */
const languages: ReadonlyMap<string, MailTexts> = new Map(
  [en].map((texts) => [texts.language.toLowerCase(), texts]),
);

/** The texts of the best language for a BCP 47 tag: itself, then its base (`pt` for `pt-BR`), then English. */
export function textsFor(tag: string): MailTexts {
  const wanted = tag.toLowerCase();
  return languages.get(wanted) ?? languages.get(wanted.split('-', 1)[0] ?? '') ?? en;
}
