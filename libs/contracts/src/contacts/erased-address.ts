import { mailboxOf, parseAddress } from './address.js';
import { addressBegins, atSign, mayHoldAddress, writtenLocalPart } from './written-address.js';
import { domainsAt, writtenDomain } from './written-domain.js';

const erasedDomain = 'erased.invalid';
const hashCharacters = 16;

/**
 * What stands in the place of an address that was erased: the same for one mailbox everywhere, so that what was one
 * person stays one. No mail can reach it (RFC 2606 section 2).
 * @param hash the keyed hash of `erasedAddressParts`.
 */
export const erasedAddress = (hash: string): string => `${hash.slice(0, hashCharacters)}@${erasedDomain}`;

/** What is hashed with the id key into an erased address. */
export const erasedAddressParts = (address: string): readonly string[] => ['erased', mailboxOf(address)];

export const isErasedAddress = (address: string): boolean => address.endsWith(`@${erasedDomain}`);

/**
 * A value with the address replaced wherever it stands in a text, the names of members included, however it is written:
 * in capitals or full-width letters, percent-encoded as in a link, its domain in the letters of its language or as A-labels. A longer address that
 * ends or begins with it is another one.
 */
export function withoutAddress<T>(value: T, address: string, mask: string): T {
  const [localPart = '', domain = ''] = [
    address.slice(0, address.lastIndexOf('@')),
    address.slice(address.lastIndexOf('@') + 1),
  ];
  const written = addressBegins + writtenLocalPart(localPart) + atSign;
  const pattern = new RegExp(`${written}(${writtenDomain})`, 'giu');
  const inWords = (text: string): string =>
    text.replace(pattern, (found: string, at: string) => {
      const same = domainsAt(at).find((each) => each.domain === domain.toLowerCase());
      return same === undefined ? found : mask + at.slice(same.length);
    });
  const inText = (text: string, holder?: string): string => {
    const whole = wholeAddress(text, holder);
    if (whole === undefined) return inWords(text);
    return mailboxOf(whole) === mailboxOf(address) ? mask : text;
  };
  const replaced = (each: unknown, holder?: string): unknown => {
    if (typeof each === 'string') return mayHoldAddress(each) ? inText(each, holder) : each;
    if (Array.isArray(each)) return each.map((item) => replaced(item, holder));
    if (!isPlainObject(each)) return each;
    // From entries, because assigning a member named __proto__ would not make one.
    return Object.fromEntries(
      Object.entries(each).map(([name, member]) => [inWords(name), replaced(member, name)]),
    );
  };
  return replaced(value) as T;
}

/** The members of what we store that hold an address and nothing else. */
const addressMembers: readonly string[] = ['address', 'email', 'mailbox', 'mailboxes', 'owner', 'withdraw'];

/**
 * The address that a text is as a whole, somebody's or another's: `o'ana@` ends like `ana@`, and a text could not tell. The
 * grammar alone would take `user=ana@acme.example` and `users/ana@acme.example` for addresses too, which hardly anybody has
 * and many a sender writes.
 * @param holder the name of the member that the text stands in, if it does.
 * @returns the address as `parseAddress` writes it; undefined for a text that is none, or has more in it.
 */
export function wholeAddress(text: string, holder = ''): string | undefined {
  if (!addressMembers.includes(holder) && !/^\s*[\w.+'-]+@/.test(text)) return undefined;
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.address : undefined;
}

/** Dates and the like of a database stay what they are. */
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
