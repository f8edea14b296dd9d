/** The languages of the portal, by what each calls itself. */
export const languages = { en: 'English', 'pt-BR': 'Português (Brasil)', es: 'Español' } as const;
export type Language = keyof typeof languages;

const names = Object.keys(languages) as Language[];

/**
 * The first of the wanted languages that there is. Somebody who wants another kind of Portuguese or Spanish gets ours.
 * @param wanted BCP 47 tags, the most wanted first; what is unknown is left out.
 */
export const chooseLanguage = (wanted: readonly (string | null | undefined)[]): Language =>
  findLanguage(wanted) ?? 'en';

/** The same; nothing when there is none. */
export function findLanguage(wanted: readonly (string | null | undefined)[]): Language | undefined {
  const found = wanted.flatMap((tag) => {
    const primary = tag?.toLowerCase().split('-')[0];
    return names.filter((name) => name.toLowerCase().split('-')[0] === primary);
  });
  return found[0];
}
