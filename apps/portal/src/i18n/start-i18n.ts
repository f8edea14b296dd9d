import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chooseLanguage, findLanguage, languages, type Language } from './languages.js';
import type { FirstTexts, LaterTexts } from './texts.js';

interface Parts {
  readonly first: () => Promise<FirstTexts>;
  readonly later: () => Promise<LaterTexts>;
}

/** Each is fetched when it is first wanted. */
const load: Record<Language, Parts> = {
  en: {
    first: async () => (await import('./en/first.js')).first,
    later: async () => (await import('./en/later.js')).later,
  },
  'pt-BR': {
    first: async () => (await import('./pt-BR/first.js')).first,
    later: async () => (await import('./pt-BR/later.js')).later,
  },
  es: {
    first: async () => (await import('./es/first.js')).first,
    later: async () => (await import('./es/later.js')).later,
  },
};

async function textsOf(language: Language, namespace: string): Promise<ResourceKey> {
  const parts = load[language];
  const first = await parts.first();
  if (namespace in first) return first[namespace as keyof FirstTexts];
  return (await parts.later())[namespace as keyof LaterTexts];
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, answer) => {
    textsOf(language as Language, namespace).then(
      (texts) => answer(null, texts),
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

/** What this device says: the choice that was made on it, or the browser's own languages. */
const wantedHere = () => [localStorage.getItem(rememberedAs), ...navigator.languages];

/** For who has signed in on a device that wants none of our languages: the one in which they are written to. */
export async function fallBackToLanguage(tag: string): Promise<void> {
  if (findLanguage(wantedHere()) === undefined) await i18next.changeLanguage(chooseLanguage([tag]));
}

/** Resolves when the texts of one language are there. Every language is whole, so that none stands in for another. */
export async function startI18n(): Promise<void> {
  const language = chooseLanguage(wantedHere());
  i18next.on('languageChanged', (chosen) => (document.documentElement.lang = chosen));
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: Object.keys(languages),
      fallbackLng: false,
      load: 'currentOnly',
      // All of what is fetched anyway: a page that had to wait for a sentence would be taken off the screen, and lose the focus.
      ns: Object.keys(await load[language].first()),
      defaultNS: 'shared',
      interpolation: { escapeValue: false }, // React escapes.
    });
}
