import type { ContactField, ContactInformation } from '@signalbox/contracts';

export type Side = 'mine' | 'theirs';

/** A field in which two people came to different ends. */
export interface Difference {
  readonly field: ContactField;
  /** Which of both is meant, when one person alone has changed the field. */
  readonly suggested: Side | undefined;
}

/**
 * Where what somebody has in the form differs from what another person has saved meanwhile.
 * @param base what both began with.
 */
export function differencesOf(
  base: ContactInformation,
  mine: ContactInformation,
  theirs: ContactInformation,
  offered: readonly ContactField[],
): Difference[] {
  return offered
    .filter((field) => !isSame(mine[field], theirs[field]))
    .map((field) => ({ field, suggested: suggestedFor(base[field], mine[field], theirs[field]) }));
}

/** One information out of both: theirs, with mine in the fields where mine was chosen. */
export function merge(
  mine: ContactInformation,
  theirs: ContactInformation,
  choices: Readonly<Partial<Record<ContactField, Side>>>,
): ContactInformation {
  const chosen = Object.keys(choices).filter((field) => choices[field as ContactField] === 'mine');
  const without = Object.entries(theirs).filter(([field]) => !chosen.includes(field));
  const own = Object.entries(mine).filter(([field]) => chosen.includes(field));
  return Object.fromEntries([...without, ...own]);
}

function suggestedFor(base: unknown, mine: unknown, theirs: unknown): Side | undefined {
  if (isSame(base, theirs)) return 'mine';
  return isSame(base, mine) ? 'theirs' : undefined;
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Members in one order, since the server and the form write them in orders of their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
