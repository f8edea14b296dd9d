import fc from 'fast-check';
import { createEncryption } from './encryption.js';

const key = (letter: string): string => letter.repeat(32);
const encryption = createEncryption({ current: key('a') });
const secret = 'a token that nobody else may read';

describe('a sealed text', () => {
  it('opens to what it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, boundTo) => {
        expect(encryption.open(encryption.seal(text, boundTo), boundTo)).toEqual({ ok: true, text });
      }),
    );
  });

  it('does not show the text, and is another one each time', () => {
    const sealed = Array.from({ length: 50 }, () => encryption.seal(secret, 'mail-1'));
    expect(new Set(sealed).size).toBe(50);
    const encoded = [secret, Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')];
    for (const each of sealed) for (const text of encoded) expect(each).not.toContain(text);
  });

  it('does not open in another place than it was sealed for', () => {
    const sealed = encryption.seal(secret, 'mail-1');
    expect(encryption.open(sealed, 'mail-2')).toEqual({ ok: false, why: 'altered' });
  });

  it('does not open when any character of it was altered', () => {
    const sealed = encryption.seal(secret, 'mail-1');
    for (let place = 0; place < sealed.length; place += 1) {
      const other = sealed[place] === 'A' ? 'B' : 'A';
      const altered = `${sealed.slice(0, place)}${other}${sealed.slice(place + 1)}`;
      expect(encryption.open(altered, 'mail-1').ok).toBe(isSameBytes(altered, sealed));
    }
  });

  it.each(['', 'v1', 'v1.x.y.z', '....', 'not sealed at all', 'v2.a.b.c'])(
    'is an answer and no error when it never was one: %j',
    (text) => {
      expect(encryption.open(text, 'mail-1')).toMatchObject({ ok: false });
    },
  );
});

/** The last character of base64url may hold bits that mean nothing. */
const isSameBytes = (one: string, other: string): boolean => {
  const bytesOf = (sealed: string) =>
    sealed
      .split('.')
      .map((part, place) => (place < 2 ? part : Buffer.from(part, 'base64url').toString('hex')));
  return JSON.stringify(bytesOf(one)) === JSON.stringify(bytesOf(other));
};

describe('a change of keys', () => {
  const before = createEncryption({ current: key('a') });
  const during = createEncryption({ current: key('b'), previous: key('a') });
  const after = createEncryption({ current: key('b') });

  it('loses nothing while the old one is the previous one', () => {
    expect(during.open(before.seal(secret, 'm'), 'm')).toEqual({ ok: true, text: secret });
    expect(after.open(during.seal(secret, 'm'), 'm')).toEqual({ ok: true, text: secret });
  });

  it('is told from an altered text when the old one is gone', () => {
    expect(after.open(before.seal(secret, 'm'), 'm')).toEqual({ ok: false, why: 'unknown-key' });
  });
});

it('a text that an earlier release sealed opens still', () => {
  const sealed =
    'v1.9f3fe9a4.xIPHRWVvmoWQDg8U.KLEvbWXhi_PUQxlQkQsPzJ8NbyMnpQ5QxVL9bG70gCZVqkkbXHCbpDTZk_8AMBe75g';
  expect(encryption.open(sealed, 'mail-1')).toEqual({ ok: true, text: secret });
});
