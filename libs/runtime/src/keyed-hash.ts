import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Parts in, 32 lower-case hex characters out. */
export type KeyedHash = (parts: readonly string[]) => string;

/** 128 bits: two of a million million ids are alike with a chance below 10⁻¹⁴, and an id still fits a Message-ID. */
const hexCharacters = 32;

/**
 * HMAC-SHA256 over the parts. They are written as a JSON array, so that `['a', 'bc']` and `['ab', 'c']` differ and no
 * separator can be smuggled in by a part.
 * @param idKey the setting ID_KEY; it never rotates, since every id stored would change.
 */
export function createKeyedHash(idKey: string): KeyedHash {
  return (parts) =>
    createHmac('sha256', idKey).update(JSON.stringify(parts)).digest('hex').slice(0, hexCharacters);
}

/** A secret that nobody guesses: 256 random bits, written so that they need no escape in a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** For what is random already (an API key, a token) and so needs no key: 64 lower-case hex characters. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
