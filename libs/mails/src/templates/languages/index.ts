import { pickLanguage } from '../pick-language.js';
import { en } from './en.js';

/** The texts of the best language for a BCP 47 tag. English is there for whoever asks for another. */
export const textsFor = pickLanguage([en], en);
