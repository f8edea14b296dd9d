import fc from 'fast-check';
import { createKeyedHash, sha256Hex } from './keyed-hash.js';

const hash = createKeyedHash('a key that is long enough for HMAC');

describe('a keyed hash', () => {
  it('is 32 lower-case hex characters, and stays what it was in earlier releases', () => {
    expect(hash(['io.acme', 'evt-1'])).toBe('f6bead7dd25861b35fe032aa360c9e0e');
  });

  it('is another one under another key', () => {
    expect(createKeyedHash('another key')(['a'])).not.toBe(hash(['a']));
  });

  it('tells apart parts that read the same when joined', () => {
    const parts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(hash(one) === hash(other)).toBe(isSame);
      }),
    );
    expect(hash(['a', 'bc'])).not.toBe(hash(['ab', 'c']));
    expect(hash(['a,b'])).not.toBe(hash(['a', 'b']));
  });
});

it('sha256Hex gives the digest of FIPS 180-2’s example', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
