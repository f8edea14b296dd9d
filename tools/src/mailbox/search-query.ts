import type { MailAddress, MailHeaders } from './mail-headers.js';

/** What a search looks at; the text is asked for only by searches that have a free word. */
export interface Searchable {
  readonly headers: MailHeaders;
  readonly read: boolean;
  searchText(): Promise<string>;
}

type Claim = (mail: Searchable) => boolean | Promise<boolean>;

const inAddresses =
  (of: (headers: MailHeaders) => readonly MailAddress[]) =>
  (term: string): Claim =>
  ({ headers }) =>
    of(headers).some(({ Name, Address }) => has(Name, term) || has(Address, term));

/** The filters of Mailpit's search that we answer (https://mailpit.axllent.org/docs/usage/search-filters/). */
const filters = {
  'to:': inAddresses(({ to }) => to),
  'from:': inAddresses(({ from }) => [from]),
  'cc:': inAddresses(({ cc }) => cc),
  'bcc:': inAddresses(({ bcc }) => bcc),
  'reply-to:': inAddresses(({ replyTo }) => replyTo),
  'addressed:': inAddresses(({ from, to, cc, bcc, replyTo }) => [from, ...to, ...cc, ...bcc, ...replyTo]),
  'subject:':
    (term: string): Claim =>
    ({ headers }) =>
      has(headers.subject, term),
  'message-id:':
    (term: string): Claim =>
    ({ headers }) =>
      has(headers.messageId, term),
} as const satisfies Record<string, (term: string) => Claim>;

const flags = {
  'is:read': ({ read }) => read,
  'is:unread': ({ read }) => !read,
} as const satisfies Record<string, Claim>;

/** A search in Mailpit's words: all terms must hold; `-` or `!` before a term turns it round; quotes keep words together. */
export function parseSearch(query: string): (mail: Searchable) => Promise<boolean> {
  const claims = termsOf(query).flatMap(claimOf);
  return async (mail) => {
    for (const claim of claims) if (!(await claim(mail))) return false;
    return true;
  };
}

/** Splits at white space, except within double quotes, which are dropped. */
export function termsOf(query: string): string[] {
  const terms = query.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];
  return terms.map((term) => term.replaceAll('"', ''));
}

function claimOf(term: string): Claim[] {
  const isNegated = term.length > 1 && /^[-!]/.test(term);
  const wanted = (isNegated ? term.slice(1) : term).toLowerCase();
  if (!/[\p{L}\p{N}]/u.test(wanted)) return [];
  const claim = positiveClaim(wanted);
  return claim === undefined ? [] : [isNegated ? async (mail) => !(await claim(mail)) : claim];
}

function positiveClaim(wanted: string): Claim | undefined {
  const flag = Object.entries(flags).find(([name]) => name === wanted);
  if (flag !== undefined) return flag[1];
  const filter = Object.entries(filters).find(([name]) => wanted.startsWith(name));
  if (filter === undefined) return async (mail) => (await mail.searchText()).includes(cleaned(wanted));
  const term = cleaned(wanted.slice(filter[0].length));
  return term === '' ? undefined : filter[1](term);
}

/** Angle brackets and their like are no part of a term: a Message-ID may be searched with or without them. */
const cleaned = (term: string): string => term.replace(/[<>",;()]/g, ' ').trim();

const has = (text: string, term: string): boolean => text.toLowerCase().includes(term);
