/** The words of a text as they are searched for: without accents, in lower case, each once. */
export function searchWords(text: string): string[] {
  const folded = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu))];
}

/**
 * Every beginning of every word, so that what somebody has typed so far is found as it stands. With a pattern in its
 * place, the index would give the accounts in the order of the words, and each page would have to sort all that match.
 */
export function wordStarts(text: string): string[] {
  const starts = searchWords(text).flatMap((word) => {
    const letters = [...word];
    return letters.map((_, last) => letters.slice(0, last + 1).join(''));
  });
  return [...new Set(starts)];
}
