/**
 * A text as it may be stored, logged and shown: every mail address in it becomes `[address]`, also where it is
 * percent-encoded, and so do the credentials of a URL. `550 5.1.1 <ana@acme-tours.example>: unknown` becomes
 * `550 5.1.1 <[address]>: unknown`.
 */
export const maskAddresses = (text: string): string =>
  isSuspect(text) ? text.replace(written, '[address]') : text;

const written = /(?:"[^"]*"|[^\s<>()",;:@]+)(?:@|%40)[^\s<>()"',;:/]+/giu;

/** Most texts are not: they are not searched from each of their characters on. */
const isSuspect = (text: string): boolean => text.includes('@') || text.includes('%40');
