import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { SecretKeys } from './config-fragments.js';

/** What became of a sealed text; expected outcomes, since keys are changed and databases are meddled with. */
export type Opened =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'unknown-key' | 'altered' };

export interface Encryption {
  /**
   * @param boundTo what the text belongs to, an id: sealed text that is moved to another one does not open there.
   * @returns text for storage, different each time: version, key id, nonce, and cipher text with its tag.
   */
  seal(text: string, boundTo: string): string;
  open(sealed: string, boundTo: string): Opened;
}

const version = 'v1';
const algorithm = 'aes-256-gcm';
/** NIST SP 800-38D section 8.2: a random nonce of 96 bits. */
const nonceBytes = 12;
const tagBytes = 16;

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** AES-256-GCM. The current key seals; the previous one still opens, so that a key can be changed without a loss. */
export function createEncryption({ current, previous }: SecretKeys): Encryption {
  const sealing = keyOf(current);
  const known = previous === undefined ? [sealing] : [sealing, keyOf(previous)];

  return {
    seal(text, boundTo) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, sealing.bytes, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(boundTo));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [version, sealing.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
    },

    open(sealed, boundTo) {
      const [itsVersion, keyId, nonce = '', rest = ''] = sealed.split('.');
      if (itsVersion !== version) return { ok: false, why: 'altered' };
      const key = known.find(({ id }) => id === keyId);
      if (key === undefined) return { ok: false, why: 'unknown-key' };
      const text = decrypt(key, Buffer.from(nonce, 'base64url'), Buffer.from(rest, 'base64url'), boundTo);
      return text === undefined ? { ok: false, why: 'altered' } : { ok: true, text };
    },
  };
}

function decrypt({ bytes }: Key, nonce: Buffer, sealed: Buffer, boundTo: string): string | undefined {
  if (nonce.length !== nonceBytes || sealed.length < tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, bytes, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // The tag does not fit: another text, another place, or another key of the same id.
  }
}

/** RFC 5869, SHA-256: the setting is text of any length, a key is 32 bytes; its id tells nothing about it. */
function keyOf(text: string): Key {
  const derive = (info: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', text, '', `signalbox encryption ${info}`, length));
  return { id: derive('key id', 4).toString('hex'), bytes: derive('key', 32) };
}
