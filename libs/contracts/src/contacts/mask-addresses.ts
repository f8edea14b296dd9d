import { atSign, mayHoldAddress } from './written-address.js';

/**
 * A text as it may be stored, logged and shown: every mail address in it becomes `[address]`, also where it is
 * percent-encoded, and so do the credentials of a URL. `550 5.1.1 <ana@acme-tours.example>: unknown` becomes
 * `550 5.1.1 <[address]>: unknown`.
 */
export const maskAddresses = (text: string): string =>
  mayHoldAddress(text) ? text.replace(written, '[address]') : text;

const written = new RegExp(`(?:"[^"]*"|[^\\s<>()",;:@]+)${atSign}[^\\s<>()"',;:/]+`, 'giu');
