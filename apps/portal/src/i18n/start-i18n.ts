import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chooseLanguage, languages, type Language } from './languages.js';
import type { Texts } from './texts.js';

/** Each is fetched when it is first wanted. */
const load: Record<Language, () => Promise<Texts>> = {
  en: async () => (await import('./en/index.js')).en,
  'pt-BR': async () => (await import('./pt-BR/index.js')).ptBR,
  es: async () => (await import('./es/index.js')).es,
};

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, answer) => {
    load[language as Language]().then(
      (texts) => answer(null, texts[namespace as keyof Texts] as ResourceKey),
      (error: unknown) => answer(error as Error, null),
    );
  },
};

const rememberedAs = 'signalbox.language';

/** Shows everything in this language, and again at the next visit. */
export async function rememberLanguage(language: Language): Promise<void> {
  localStorage.setItem(rememberedAs, language);
  await i18next.changeLanguage(language);
}

/** Resolves when the texts of one language are there. Every language is whole, so that none stands in for another. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => (document.documentElement.lang = language));
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chooseLanguage([localStorage.getItem(rememberedAs), ...navigator.languages]),
      supportedLngs: Object.keys(languages),
      fallbackLng: false,
      load: 'currentOnly',
      ns: ['shared'],
      defaultNS: 'shared',
      interpolation: { escapeValue: false }, // React escapes.
    });
}
