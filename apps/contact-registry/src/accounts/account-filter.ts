import type { AccountListQuery, AdviceCode } from '@signalbox/contracts';
import { addressAdviceCodes, type AddressAdviceCode } from '@signalbox/domain';
import { searchWords } from './search-words.js';

const wordStarts = 'listing.wordStarts';

/** What of a list's query says which accounts are meant. */
export type AccountFilter = Partial<Omit<AccountListQuery, 'limit' | 'cursor'>>;

/**
 * The filter as conditions of MongoDB, each on a field that an index of `accountListIndexes` begins with. All values were
 * parsed; no text of the caller's is ever a pattern or an operator.
 */
export function conditionsOf(filter: AccountFilter): Record<string, unknown>[] {
  const {
    environment = 'production',
    ready,
    missing,
    advice,
    addressState,
    launched,
    integrationType,
    q,
  } = filter;
  const wanted: [string, unknown][] = [
    [`listing.ready.${environment}`, ready],
    [`listing.missing.${environment}`, missing],
    [`${isOfAddresses(advice) ? 'listing.addressAdvice' : 'listing.advice'}.${environment}`, advice],
    ['listing.addressStates', addressState],
    ['launched', launched],
    ['integrationType', integrationType],
    ...wordsOf(q).map((word): [string, unknown] => [wordStarts, word]),
  ];
  return wanted.filter(([, value]) => value !== undefined).map(([field, value]) => ({ [field]: value }));
}

/**
 * The index that a search for several words must begin with, or undefined: MongoDB chooses. It would remember for any such
 * search with which of the words it began last, and begin there for other words too, which every account may have. What has
 * a hint it does not remember: it tries the words of each search.
 */
export const indexHintFor = ({ q }: AccountFilter): Record<string, 1> | undefined =>
  wordsOf(q).length > 1 ? accountListIndex(wordStarts) : undefined;

const wordsOf = (q: string | undefined): string[] => (q === undefined ? [] : searchWords(q));

const isOfAddresses = (advice: AdviceCode | undefined): advice is AddressAdviceCode =>
  addressAdviceCodes.some((code) => code === advice);

/** One index a condition, ending with the id, so that a page is read in order and nothing is sorted. */
export const accountListIndex = (field: (typeof accountListIndexes)[number]): Record<string, 1> => ({
  [field]: 1,
  _id: 1,
});

export const accountListIndexes = [
  'listing.ready.sandbox',
  'listing.ready.production',
  'listing.missing.sandbox',
  'listing.missing.production',
  'listing.advice.sandbox',
  'listing.advice.production',
  'listing.addressAdvice.sandbox',
  'listing.addressAdvice.production',
  'listing.addressStates',
  'launched',
  'integrationType',
  wordStarts,
] as const;
