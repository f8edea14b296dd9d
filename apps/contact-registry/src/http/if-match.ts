import { ProblemError } from '@signalbox/runtime';

/** Whether a write may go on, given the revision that the account has. */
export type RevisionCheck = (revision: number) => boolean;

/** An entity tag of RFC 9110 section 8.8.3; commas may stand inside of the quotes. */
const entityTag = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/y;

/**
 * The ETag of a revision: strong, since If-Match takes no other (RFC 9110 section 13.1.1). It names what a save must not
 * undo, the seven fields; the version beside them may have moved on, so it says nothing about a copy of the answer.
 */
export const entityTagOf = (revision: number): string => `"${revision}"`;

/**
 * Reads If-Match (RFC 9110 section 13.1.1): `*` is any revision, a list is any of its strong tags; weak ones never match.
 * @throws ProblemError `if-match-required` without one, `invalid-request` for what is neither.
 */
export function parseIfMatch(header: string | undefined): RevisionCheck {
  const text = header?.trim() ?? '';
  if (text === '') {
    throw new ProblemError(
      'if-match-required',
      'Read the contact information first, and send its ETag as If-Match: a save must not undo what somebody else saved.',
    );
  }
  if (text === '*') return () => true;
  const strong = strongTags(text);
  return (revision) => strong.includes(String(revision));
}

function strongTags(text: string): string[] {
  const strong: string[] = [];
  let at = 0;
  for (;;) {
    // Empty elements of a list are allowed to be read (section 5.6.1.2).
    while (/[\s,]/.test(text.charAt(at))) at += 1;
    if (at >= text.length) return strong;
    entityTag.lastIndex = at;
    const found = entityTag.exec(text);
    const next = found === null ? at : at + found[0].length;
    if (found === null || !/^(?:$|[\s,])/.test(text.slice(next))) {
      throw new ProblemError('invalid-request', 'If-Match holds entity tags in double quotes, or *.');
    }
    if (found[1] === undefined && found[2] !== undefined) strong.push(found[2]);
    at = next;
  }
}
