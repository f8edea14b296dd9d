import { pickLanguage } from '@signalbox/mails';
import { en } from './en.js';

/** The texts of account mails in the best language for a BCP 47 tag. English is there for whoever asks for another. */
export const accountTextsFor = pickLanguage([en], en);
