import { toAsciiDomain } from './address.js';

/** A character of a domain name: as it is, or, outside ASCII, percent-encoded as in a link or escaped as in quoted JSON. */
const character = String.raw`(?:[\p{L}\p{M}\p{N}.\u200c\u200d\u3002\uff0d\uff0e\uff61-]|%[89a-f][0-9a-f]|\\u(?!00[0-7])[0-9a-f]{4})`;
/**
 * Letters, digits and a further label would make it another name; a letter of another script after it is the text's, also
 * after a full stop: sentences of many languages have no space between them.
 */
const goesOn = /^(?:[a-z0-9\p{M}-]|\.[a-z0-9])/iu;
/** A sentence that begins right after a full stop: `acme.example.Merci`, where the name itself has no capital. */
const beginsSentence = /^\.\p{Lu}(?![\p{Lu}\p{N}.-])/u;
/** More than a domain name has, however its characters are written. */
const mostCharacters = 1_000;

/** The source of a pattern, to be used with the flags i and u, for what may begin with a domain name. */
export const writtenDomain = `${character}+`;

/** A domain name as a text begins with it. */
export interface WrittenDomain {
  /** In lower-case A-labels, as addresses are stored. */
  readonly domain: string;
  /** Of what stands for it in the text. */
  readonly length: number;
}

/**
 * What a text may begin with, the longest first: `münchen.example`, `MÜNCHEN.EXAMPLE` and `m%C3%BCnchen.example` are all
 * `xn--mnchen-3ya.example`. Of `例え.テストに` nobody can tell where the name ends and so there are several.
 */
export function domainsAt(text: string): WrittenDomain[] {
  const [written = ''] = new RegExp(`^${writtenDomain}`, 'iu').exec(text) ?? [];
  const characters = (written.match(new RegExp(character, 'giu')) ?? []).slice(0, mostCharacters);
  const domains: WrittenDomain[] = [];
  let { length } = characters.join('');
  for (const last of characters.reverse()) {
    const name = decoded(text.slice(0, length));
    const domain = isWhole(name, text.slice(length, length + 3)) ? toAsciiDomain(name) : undefined;
    if (domain !== undefined) domains.push({ domain, length });
    length -= last.length;
  }
  return domains;
}

/** Whoever writes a name in full-width letters goes on with it in those; after another name they are the text's. */
function isWhole(name: string, next: string): boolean {
  const inAscii = fullWidth.test(name) ? next.normalize('NFKC') : next;
  return !goesOn.test(inAscii) || (beginsSentence.test(inAscii) && !/\p{Lu}/u.test(name));
}
const fullWidth = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/u;

function decoded(written: string): string {
  const plain = written.replace(/\\u([0-9a-f]{4})/giu, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain; // Half a character: with the rest of it, it is looked at as well.
  }
}
