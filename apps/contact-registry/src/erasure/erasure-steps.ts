/**
 * What is done in which order. Nobody is told any more before the contacts lose the address, so that nothing goes out
 * meanwhile; the contacts lose it before anything is masked, so that nothing is written with it anew.
 */
export const erasureSteps = [
  'stop-telling',
  'accounts',
  'sign-in',
  'history',
  'api-keys',
  'invitations',
  'staff',
  'erasures',
  'account-mails',
  'address-facts',
  'dispatches',
] as const;
export type ErasureStep = (typeof erasureSteps)[number];

/**
 * All of it is done twice: a router that was deciding a batch with the contacts of before may write the address down
 * after it was masked. It follows the contacts as soon as its batch is stored, long before the second time.
 */
const times = 2;

/** Where an erasure goes on. `after` is the page of a step that ended; null at its beginning. */
export interface ErasurePlace {
  readonly time: number;
  readonly step: ErasureStep;
  readonly after: string | null;
}

export const firstPlace: ErasurePlace = { time: 1, step: erasureSteps[0], after: null };

/**
 * The place after this one; `done` after the last.
 * @param next the page at which the step itself goes on, or null when it is over.
 */
export function placeAfter({ time, step }: ErasurePlace, next: string | null): ErasurePlace | 'done' {
  if (next !== null) return { time, step, after: next };
  const following = erasureSteps[erasureSteps.indexOf(step) + 1];
  if (following !== undefined) return { time, step: following, after: null };
  return time < times ? { ...firstPlace, time: time + 1 } : 'done';
}
