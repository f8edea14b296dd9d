import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKeys } from './config-fragments.js';

/** What a signed link is good for; one that was made for another purpose does not hold. */
type Purpose = 'acknowledge';

/**
 * A token for a link that says which thing it is about and cannot be made up: `<id>.<HMAC-SHA256>`. It is stored nowhere,
 * and holds as long as one of the two signing keys is the one that made it.
 * @param id has no dot in it, as no id of ours has.
 */
export const signedToken = (keys: SigningKeys, purpose: Purpose, id: string): string =>
  `${id}.${signature(keys.current, purpose, id).toString('base64url')}`;

/** @returns the id in a token; undefined for one that none of the keys made for this purpose. */
export function idOfSignedToken(keys: SigningKeys, purpose: Purpose, token: string): string | undefined {
  const [, id, given] = /^([^.]+)\.([\w-]{43})$/.exec(token) ?? [];
  if (id === undefined || given === undefined) return undefined;
  const bytes = Buffer.from(given, 'base64url');
  const known = keys.previous === undefined ? [keys.current] : [keys.current, keys.previous];
  return known.some((key) => timingSafeEqual(signature(key, purpose, id), bytes)) ? id : undefined;
}

const signature = (key: string, purpose: Purpose, id: string): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify(['link', purpose, id]))
    .digest();
