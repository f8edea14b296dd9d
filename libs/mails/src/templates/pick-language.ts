/**
 * Answers texts by a BCP 47 tag: those of the tag itself, then of its base (`pt` for `pt-BR`), then the fallback.
 * @param all one of each language.
 */
export function pickLanguage<Texts extends { readonly language: string }>(
  all: readonly Texts[],
  fallback: Texts,
): (tag: string) => Texts {
  const byTag = new Map(all.map((texts) => [texts.language.toLowerCase(), texts]));
  return (tag) => {
    const wanted = tag.toLowerCase();
    return byTag.get(wanted) ?? byTag.get(wanted.split('-', 1)[0] ?? '') ?? fallback;
  };
}
